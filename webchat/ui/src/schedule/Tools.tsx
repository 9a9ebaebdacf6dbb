import { lazy, Suspense, useState } from "react";
import type { View } from "./data.ts";

const Mine = lazy(() => import("./Mine.tsx"));

/** The address by which this person can be booked for this appointment. */
export function bookingLink({ person, type, minutes }: View, page: string): string {
  const path = [person.handle, type.handle].map(encodeURIComponent).join("/");
  const length = minutes === type.minutes ? "" : `?minutes=${minutes}`;
  return new URL(`book/${path}${length}`, page).href;
}

function CopyLink({ view }: { view: View }) {
  const [said, setSaid] = useState("");
  const copy = async () => {
    const link = bookingLink(view, document.baseURI);
    try {
      await navigator.clipboard.writeText(link);
      setSaid("Link copied");
    } catch {
      setSaid(link);
    }
  };
  return (
    <div className="relative">
      <button type="button" className="step" onClick={() => void copy()}>
        {said === "Link copied" ? said : "Copy link"}
      </button>
      <span role="status" className={said === "Link copied" ? "sr-only" : "text-sm break-all"}>
        {said}
      </span>
    </div>
  );
}

interface Props {
  readonly view: View;
  readonly locale: string;
}

/** The link to this choice, and the reader's own appointments. */
export function Tools({ view, locale }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <CopyLink view={view} />
      <button type="button" className="step" onClick={() => setOpen(true)}>
        Your appointments
      </button>
      {isOpen ? (
        <Suspense fallback={null}>
          <Mine view={view} locale={locale} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
