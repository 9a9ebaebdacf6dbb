import { download, googleLink, outlookLink } from "../calendarFile.ts";
import { SAYS } from "../cardWords.ts";
import type { BookingCard } from "../contract.ts";

function Elsewhere({ href, words }: { href: string; words: string }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {words}
    </a>
  );
}

/** Ways to take a booking into a calendar of one's own. */
export function AddToCalendar({ card }: { card: BookingCard }) {
  return (
    <div className="add">
      <p id={`add-${card.reference}`}>{SAYS.addTo}</p>
      <ul aria-labelledby={`add-${card.reference}`}>
        <li>
          <Elsewhere href={googleLink(card)} words={SAYS.google} />
        </li>
        <li>
          <Elsewhere href={outlookLink(card)} words={SAYS.outlook} />
        </li>
        <li>
          <button type="button" onClick={() => download(card)}>
            {SAYS.file}
          </button>
        </li>
      </ul>
    </div>
  );
}
