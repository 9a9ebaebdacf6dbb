import type { ReactNode } from "react";

interface PageProps {
  readonly title: string;
  /** Beside the title. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** One view of the desk under its heading. */
export function Page({ title, aside, children }: PageProps) {
  return (
    <div className="flex flex-col gap-6">
      <header className="flex min-h-11 flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h1 className="text-[26px] leading-tight font-semibold tracking-[-0.02em]">{title}</h1>
        {aside}
      </header>
      {children}
    </div>
  );
}

/** A part of a view on a surface of its own. */
export function Card({
  title,
  note,
  aside,
  children,
}: {
  readonly title: string;
  readonly note?: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="card" aria-label={title}>
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="max-w-prose">
          <h2 className="text-[17px] font-semibold tracking-[-0.01em]">{title}</h2>
          {note ? <p className="mt-1 text-sm leading-relaxed text-muted">{note}</p> : null}
        </div>
        {aside}
      </header>
      {children}
    </section>
  );
}

/** Instead of what is not there yet, or not at all. */
export function Note({ children }: { readonly children: ReactNode }) {
  return (
    <p role="status" className="px-4 py-14 text-center text-[15px] text-muted">
      {children}
    </p>
  );
}
