import { type ReactNode, useRef } from "react";
import { SAYS } from "../cardWords.ts";
import type { BookingCard } from "../contract.ts";
import { filled } from "../words.ts";
import { AddToCalendar } from "./AddToCalendar.tsx";
import { cardSheet } from "./cardStyles.ts";
import { CrossIcon, TickIcon } from "./Icons.tsx";
import { useStyles } from "./later.ts";

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

function ChangeButtons({ card, write }: { card: BookingCard; write: (text: string) => void }) {
  const { reference } = card;
  return (
    <div className="change">
      <button type="button" onClick={() => write(filled(SAYS.askMove, { reference }))}>
        {SAYS.move}
      </button>
      <button type="button" onClick={() => write(filled(SAYS.askCancel, { reference }))}>
        {SAYS.cancel}
      </button>
    </div>
  );
}

interface Props {
  readonly card: BookingCard;
  /** Writes a message; null on a card that a later one of the same booking has replaced. */
  readonly write: ((text: string) => void) | null;
}

/** The stored booking; its time is the server's text, so the browser's zone rules play no part. */
export function BookingCardView({ card, write }: Props) {
  const heading = SAYS[`card_${card.status}`];
  const isConfirmed = card.status === "CONFIRMED";
  const frame = useRef<HTMLElement>(null);
  useStyles(() => frame.current, cardSheet);
  return (
    <article
      ref={frame}
      className="card"
      data-status={card.status}
      aria-label={`${heading}: ${card.title}`}
    >
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
        <Fact name={SAYS.when} value={<When text={card.when} />} />
        <Fact name={SAYS.person} value={card.person} />
        <Fact name={SAYS.where} value={card.where} />
        <Fact name={SAYS.attendee} value={card.attendee} />
        <Fact name={SAYS.reference} value={card.reference} />
      </dl>
      {isConfirmed && card.link ? (
        <a className="join" href={card.link} target="_blank" rel="noopener noreferrer">
          {SAYS.join}
        </a>
      ) : null}
      {isConfirmed && write ? (
        <footer>
          <AddToCalendar card={card} />
          <ChangeButtons card={card} write={write} />
        </footer>
      ) : null}
    </article>
  );
}
