import { useState } from "react";
import { SAYS } from "../cardWords.ts";
import type { Times } from "../contract.ts";
import { CalendarIcon } from "./Icons.tsx";
import { useLater } from "./later.ts";
import type { MessageActions } from "./Message.tsx";

interface Props {
  readonly times: Times;
  readonly actions: MessageActions;
}

/** A button that opens a month of days; the month itself is fetched when somebody wants it. */
export function DayPicker({ times, actions }: Props) {
  const [isShown, setShown] = useState(false);
  const grid = useLater(() => import("./MonthGrid.tsx"), isShown);
  return (
    <div className="day-picker">
      <button
        type="button"
        className="reply"
        aria-expanded={isShown}
        onClick={() => setShown(!isShown)}
      >
        <CalendarIcon /> {isShown ? SAYS.hideDays : SAYS.pickDay}
      </button>
      {isShown && grid ? (
        <grid.MonthGrid times={times} server={actions.server} write={actions.write} />
      ) : null}
    </div>
  );
}
