import { useSyncExternalStore } from "react";
import type { ChatModel } from "../model.ts";
import { WORDS } from "../words.ts";
import { CloseIcon } from "./Icons.tsx";

/** Words beside the closed launcher: an invitation, or what the assistant has said meanwhile. */
export function Teaser({ model, open }: { model: ChatModel; open: () => void }) {
  const state = useSyncExternalStore(model.subscribe, model.snapshot);
  const isShown = !state.open && state.teaser !== null;
  return (
    <div role="status">
      {isShown ? (
        <div className="panel teaser">
          <button type="button" className="teaser-text" onClick={open}>
            <span dir="auto">{state.teaser}</span>
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label={WORDS.dismiss}
            onClick={() => model.dismissTeaser()}
          >
            <CloseIcon />
          </button>
        </div>
      ) : null}
    </div>
  );
}
