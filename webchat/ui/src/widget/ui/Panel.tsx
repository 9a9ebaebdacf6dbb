import { type KeyboardEvent, type RefObject, useEffect, useRef, useSyncExternalStore } from "react";
import { browserZone } from "../../shared/zones.ts";
import type { ChatModel, ChatState } from "../model.ts";
import type { Options } from "../options.ts";
import { filled, WORDS } from "../words.ts";
import { canListen, canRead } from "./able.ts";
import { Composer } from "./Composer.tsx";
import { keepTabInside, useViewport } from "./fullscreen.ts";
import { CalendarIcon, CloseIcon } from "./Icons.tsx";
import { Log } from "./Log.tsx";
import { useLater } from "./later.ts";
import type { MessageActions } from "./Message.tsx";

interface Props {
  readonly model: ChatModel;
  readonly options: Options;
  readonly close: () => void;
}

function linkWords({ link, offline }: ChatState): string {
  if (offline) return WORDS.disconnected;
  return link === "online" ? WORDS.online : WORDS.connecting;
}

interface HeaderProps {
  readonly state: ChatState;
  readonly title: string;
  readonly voice: boolean;
  readonly close: () => void;
}

function Header({ state, title, voice, close }: HeaderProps) {
  const spoken = useLater(() => import("./Voice.tsx"), voice && canRead());
  return (
    <header className="head">
      <span className="mark">
        <CalendarIcon />
      </span>
      <div className="names">
        <h2 id="title">
          <bdi>{title}</bdi>
        </h2>
        <p className="link" data-link={state.offline ? "offline" : state.link}>
          {linkWords(state)}
        </p>
      </div>
      {spoken ? <spoken.ReadAloud log={state.log} open={state.open} /> : null}
      <button type="button" className="icon-button" aria-label={WORDS.close} onClick={close}>
        <CloseIcon />
      </button>
    </header>
  );
}

function OfflineBanner({ tryNow }: { tryNow: () => void }) {
  return (
    <div className="banner">
      <p>{WORDS.offline}</p>
      <button type="button" onClick={tryNow}>
        {WORDS.tryNow}
      </button>
    </div>
  );
}

/** One sentence for screen readers about what cannot be read in the log. */
function statusSentence({ log, typing, offline }: ChatState): string {
  const last = log.findLast(({ kind }) => kind === "own");
  if (offline) return WORDS.offline;
  if (last?.kind === "own" && last.failure) return WORDS[`failed_${last.failure}`];
  return typing ? WORDS.typing : "";
}

/** Moves the focus once for each time the reader asked for the chat; never when it opened by itself. */
function useFocusOnRequest(
  { focusRequests, draft }: ChatState,
  panel: RefObject<HTMLElement | null>,
  field: RefObject<HTMLTextAreaElement | null>,
) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the draft matters only at the moment of the request
  useEffect(() => {
    if (focusRequests === 0) return;
    const wouldRaiseKeyboard = matchMedia("(pointer: coarse)").matches && draft === "";
    const target = wouldRaiseKeyboard ? panel.current : field.current;
    target?.focus({ preventScroll: true });
    field.current?.setSelectionRange(draft.length, draft.length);
  }, [focusRequests]);
}

/** A key that would write something: pressed on the log it belongs into the message box. */
function isTyping({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return key.length === 1 && key !== " " && !ctrlKey && !metaKey && !altKey;
}

/** What can be done in the log. What was tapped may go, so the focus moves on first and never gets lost. */
function actionsOf(
  model: ChatModel,
  server: string,
  log: RefObject<HTMLDivElement | null>,
): MessageActions {
  const keepFocus = () => log.current?.focus({ preventScroll: true });
  return {
    server,
    write(text) {
      keepFocus();
      model.write(text);
    },
    reply({ title, payload }) {
      keepFocus();
      model.write(title, payload);
    },
    retry(id) {
      keepFocus();
      model.retry(id);
    },
  };
}

/** The open chat. */
export function Panel({ model, options, close }: Props) {
  const state = useSyncExternalStore(model.subscribe, model.snapshot);
  const panel = useRef<HTMLElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const log = useRef<HTMLDivElement>(null);
  const isFullscreen = useViewport(panel, state.open);
  useFocusOnRequest(state, panel, field);
  const tryNow = () => {
    field.current?.focus();
    model.reconnect();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    } else if (isTyping(event) && event.target === log.current) field.current?.focus();
    else if (isFullscreen && panel.current) keepTabInside(event, panel.current);
  };
  return (
    <section
      ref={panel}
      className="panel"
      role="dialog"
      aria-labelledby="title"
      aria-modal={isFullscreen || undefined}
      data-open={state.open}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <Header state={state} title={options.title} voice={options.voice} close={close} />
      {state.offline ? <OfflineBanner tryNow={tryNow} /> : null}
      <Log
        state={state}
        greeting={options.greeting ?? WORDS.greeting}
        locale={options.locale}
        actions={actionsOf(model, options.server, log)}
        logRef={log}
      />
      <Composer
        draft={state.draft}
        spoken={options.voice && canListen() ? (options.locale ?? navigator.language) : null}
        field={field}
        edit={(draft) => model.edit(draft)}
        send={(text) => {
          model.edit("");
          model.write(text);
        }}
      />
      <p className="zone">{filled(WORDS.yourZone, { zone: browserZone() })}</p>
      <p className="hidden" role="status">
        {statusSentence(state)}
      </p>
    </section>
  );
}
