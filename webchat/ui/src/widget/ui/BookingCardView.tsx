import type { ReactNode } from "react";
import type { BookingCard } from "../contract.ts";
import { WORDS } from "../words.ts";
import { CrossIcon, TickIcon } from "./Icons.tsx";

/** Hours such as `10:30–11:00` and `9:30 – 10:00 AM`. */
const HOURS = /(\d{1,2}[:.]\d\d\s?–\s?\d{1,2}[:.]\d\d(?:\s?[AP]M)?)/i;

/** The text whose hours stay on one line: at the dash in them it could break. */
function When({ text }: { text: string }) {
  return text.split(new RegExp(HOURS, "gi")).map((part) =>
    HOURS.test(part) ? (
      <span className="whole" key={part}>
        {part}
      </span>
    ) : (
      part
    ),
  );
}

function Fact({ name, value }: { name: string; value: ReactNode }) {
  return value ? (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>{value}</bdi>
      </dd>
    </div>
  ) : null;
}

/** The stored booking; its time is the server's text, so the browser's zone rules play no part. */
export function BookingCardView({ card }: { card: BookingCard }) {
  const heading = WORDS.card[card.status];
  const isConfirmed = card.status === "CONFIRMED";
  return (
    <article className="card" data-status={card.status} aria-label={`${heading}: ${card.title}`}>
      <header>
        <span className="seal">{isConfirmed ? <TickIcon /> : <CrossIcon />}</span>
        <div>
          <p className="card-state">{heading}</p>
          <p className="card-title">
            <bdi>{card.title}</bdi>
          </p>
        </div>
      </header>
      <dl>
        <Fact name={WORDS.card.when} value={<When text={card.when} />} />
        <Fact name={WORDS.card.person} value={card.person} />
        <Fact name={WORDS.card.where} value={card.where} />
        <Fact name={WORDS.card.attendee} value={card.attendee} />
        <Fact name={WORDS.card.reference} value={card.reference} />
      </dl>
      {isConfirmed && card.link ? (
        <a className="join" href={card.link} target="_blank" rel="noopener noreferrer">
          {WORDS.card.join}
        </a>
      ) : null}
    </article>
  );
}
