import { useRef } from "react";
import { SAYS } from "../cardWords.ts";
import type { QuickReply, Times } from "../contract.ts";
import { cardSheet } from "./cardStyles.ts";
import { useStyles } from "./later.ts";

interface Props {
  readonly times: Times;
  readonly replies: readonly QuickReply[];
  readonly chosen: string | null;
  readonly open: boolean;
  readonly reply: (reply: QuickReply) => void;
}

/** Times on offer as cards; a tap says what the quick reply of the same payload says. */
export function TimeCards({ times, replies, chosen, open, reply }: Props) {
  const frame = useRef<HTMLUListElement>(null);
  useStyles(() => frame.current, cardSheet);
  const ofPayload = new Map(replies.map((each) => [each.payload, each]));
  return (
    <ul ref={frame} className="times" aria-label={SAYS.freeTimes}>
      {times.times.map(({ payload, day, hours, who }) => {
        const answer = ofPayload.get(payload);
        return answer ? (
          <li key={payload}>
            <button
              type="button"
              className="time-card"
              disabled={!open}
              data-chosen={payload === chosen || undefined}
              onClick={() => reply(answer)}
            >
              <span className="time-day">{day}</span> <span className="time-hours">{hours}</span>{" "}
              {who ? <span className="time-who">{who}</span> : null}
            </button>
          </li>
        ) : null;
      })}
    </ul>
  );
}
