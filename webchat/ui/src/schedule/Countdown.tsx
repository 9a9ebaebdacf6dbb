import { useEffect, useState } from "react";
import { clockText, type Hold, secondsLeft } from "./booking.ts";

/** From when on the reader is warned, in seconds. */
const SOON = 120;

interface Props {
  readonly hold: Hold;
  readonly now: () => number;
  readonly onLonger: () => Promise<void>;
}

function useSecondsLeft(hold: Hold, now: () => number): number {
  const [left, setLeft] = useState(() => secondsLeft(hold, now()));
  useEffect(() => {
    const tick = () => setLeft(secondsLeft(hold, now()));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [hold, now]);
  return left;
}

function sentence(left: number): string {
  if (left === 0)
    return "Your time is no longer kept. You can still book it while nobody else does.";
  if (left <= SOON) return "Your time is kept for less than two more minutes.";
  return "";
}

/** How long the time is still kept; a warning with a way to keep it longer when it is nearly over. */
export function Countdown({ hold, now, onLonger }: Props) {
  const left = useSecondsLeft(hold, now);
  const warning = sentence(left);
  return (
    <div className={warning ? "notice notice-warning" : ""}>
      <p className="text-sm" role="status">
        {warning || <span className="sr-only">The time is kept for you for ten minutes.</span>}
      </p>
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <p
          className={`text-sm tabular-nums ${warning ? "" : "text-muted"}`}
          role="timer"
          aria-live="off"
        >
          {left === 0 ? "0:00" : `Kept for you: ${clockText(left)}`}
        </p>
        {left <= SOON ? (
          <button
            type="button"
            className="button button-text -me-3"
            onClick={() => void onLonger()}
          >
            Keep it ten more minutes
          </button>
        ) : null}
      </div>
    </div>
  );
}
