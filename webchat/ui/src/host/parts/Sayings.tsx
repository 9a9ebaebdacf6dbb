import { useEffect } from "react";
import type { Saying } from "../desk.ts";
import { Icon } from "./Icons.tsx";

const LASTS = 10_000;

interface Props {
  readonly saying: Saying | null;
  readonly onEnd: () => void;
}

/** The last thing said, for ten seconds; trouble stays until it is closed. */
export function Sayings({ saying, onEnd }: Props) {
  useEffect(() => {
    if (!saying || saying.isTrouble) return;
    const timer = setTimeout(onEnd, LASTS);
    return () => clearTimeout(timer);
  }, [saying, onEnd]);
  const undo = saying?.undo;
  return (
    <div className="sayings" role="status">
      {saying ? (
        <div className={saying.isTrouble ? "saying saying-trouble" : "saying"}>
          <p className="flex-1">{saying.text}</p>
          {undo ? (
            <button
              type="button"
              className="saying-button"
              onClick={() => {
                onEnd();
                undo();
              }}
            >
              Undo
            </button>
          ) : null}
          <button type="button" className="saying-button" aria-label="Dismiss" onClick={onEnd}>
            <Icon name="close" size={18} />
          </button>
        </div>
      ) : null}
    </div>
  );
}
