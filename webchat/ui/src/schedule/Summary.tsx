import type { ReactNode } from "react";
import { dayText, rangeText } from "../shared/format.ts";
import { offsetLabel, toWall } from "../shared/wall.ts";
import { type Basis, useOffsetsAt, type View } from "./data.ts";

/** A booking or hold, as far as it is shown. */
interface Shown {
  readonly type: string;
  readonly people: readonly string[];
  readonly start: string;
  readonly end: string;
}

interface Props {
  readonly of: Shown;
  readonly basis: Basis;
  readonly view: View;
  readonly locale: string;
  readonly children?: ReactNode;
}

/** What an appointment is called: its type and whom one meets. */
export function titleOf({ type, people }: Shown, basis: Basis): string {
  const kind = basis.types.find(({ handle }) => handle === type)?.name ?? type;
  const names = people.map(
    (each) => basis.people.find(({ handle }) => handle === each)?.name ?? each,
  );
  return `${kind} with ${names.join(", ")}`;
}

/** One line of a summary. */
export function Fact({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="grid grid-cols-[5rem_minmax(0,1fr)] gap-x-3 py-2.5">
      <dt className="text-sm leading-6 text-muted">{label}</dt>
      <dd className="text-[15px] leading-6 break-words">{children}</dd>
    </div>
  );
}

/** What, when by the reader's clocks, and what else is given. */
export function Summary({ of, basis, view, locale, children }: Props) {
  const offsets = useOffsetsAt(view, of.start);
  const [start, end] = [of.start, of.end].map((instant) => toWall(Date.parse(instant), offsets));
  if (start === undefined || end === undefined) return null;
  return (
    <dl className="divide-y divide-line border-y border-line">
      <Fact label="What">{titleOf(of, basis)}</Fact>
      <Fact label="When">
        <strong className="font-semibold">{dayText(start, locale)}</strong>
        <span className="block tabular-nums">{rangeText(start, end, locale)}</span>
        <span className="block text-sm text-muted">
          {view.zone.replaceAll("_", " ")}, {offsetLabel(offsets(Date.parse(of.start)), view.zone)}
        </span>
      </Fact>
      {children}
    </dl>
  );
}
