import { type KeyboardEvent, type RefObject, useLayoutEffect } from "react";
import { LONGEST_MESSAGE } from "../contract.ts";
import { filled, WORDS } from "../words.ts";
import { SendIcon } from "./Icons.tsx";
import { useLater } from "./later.ts";

const WARN_BELOW = 200;
const TALLEST = 136;

interface Props {
  readonly draft: string;
  /** Language to speak in, where the page and the browser let one speak; else null. */
  readonly spoken: string | null;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly edit: (draft: string) => void;
  readonly send: (text: string) => void;
}

/** True for the Enter that sends; the Enter that ends an input method's composition does not. */
export function isSendKey(
  event: Pick<KeyboardEvent, "key" | "shiftKey" | "keyCode"> & {
    readonly nativeEvent?: { readonly isComposing?: boolean };
    readonly isComposing?: boolean;
  },
): boolean {
  const isComposing = event.isComposing || event.nativeEvent?.isComposing || event.keyCode === 229;
  return event.key === "Enter" && !event.shiftKey && !isComposing;
}

function Spare({ spare }: { spare: number }) {
  if (spare > WARN_BELOW) return null;
  return (
    <p className="spare" data-over={spare < 0 || undefined} role="status">
      {spare < 0 ? filled(WORDS.tooLong, { count: -spare }) : filled(WORDS.left, { count: spare })}
    </p>
  );
}

/** The message box. */
export function Composer({ draft, spoken, field, edit, send }: Props) {
  const voice = useLater(() => import("./Voice.tsx"), spoken !== null);
  const spare = LONGEST_MESSAGE - draft.trim().length;
  const isReady = draft.trim() !== "" && spare >= 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const box = field.current;
    if (!box) return;
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, TALLEST)}px`;
  }, [draft, field]);
  const submit = () => {
    if (isReady) send(draft);
    field.current?.focus();
  };
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="box">
        <textarea
          ref={field}
          rows={1}
          dir={draft ? "auto" : undefined}
          value={draft}
          aria-label={WORDS.message}
          placeholder={WORDS.placeholder}
          enterKeyHint="send"
          autoComplete="off"
          onInput={(event) => edit(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (!isSendKey(event)) return;
            event.preventDefault();
            submit();
          }}
        />
        {spoken && voice ? <voice.VoiceInput language={spoken} edit={edit} /> : null}
        <button type="submit" className="send" aria-label={WORDS.send} disabled={!isReady}>
          <SendIcon />
        </button>
      </div>
      <Spare spare={spare} />
    </form>
  );
}
