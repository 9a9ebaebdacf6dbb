import { createRoot } from "react-dom/client";
import { readableOn, readColour } from "../shared/colour.ts";
import type { Chat, OpenRequest, Place } from "../shared/embedding.ts";
import { takeMailLink } from "./mailLink.ts";
import { readMetadata } from "./metadata.ts";
import { ChatModel } from "./model.ts";
import { directionOf, readOptions } from "./options.ts";
import { Panel } from "./ui/Panel.tsx";
import { Teaser } from "./ui/Teaser.tsx";
import css from "./widget.css?inline";
import { filled, readWords, speakWith, WORDS } from "./words.ts";

/** Keeps the launcher in step with the chat: away while it is open, marked when something came in. */
function followState(model: ChatModel, launcher: HTMLButtonElement): void {
  const { open, unread } = model.snapshot();
  launcher.setAttribute("aria-expanded", String(open));
  const words = unread === 0 ? WORDS.open : unread === 1 ? WORDS.openOne : WORDS.openMany;
  launcher.setAttribute("aria-label", filled(words, { count: unread }));
  if (unread > 0) launcher.dataset["unread"] = unread > 9 ? "9+" : String(unread);
  else delete launcher.dataset["unread"];
}

const TEASED = "appointment-chat-teased";

/** Whether this visit has been invited to the chat before; from now on it has. */
function wasTeased(): boolean {
  try {
    const before = sessionStorage.getItem(TEASED) !== null;
    sessionStorage.setItem(TEASED, "1");
    return before;
  } catch {
    return false;
  }
}

function attendBrowser(model: ChatModel): void {
  addEventListener("online", () => model.reconnect());
  addEventListener("offline", () => model.lineLost());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    model.catchUp();
    model.reconnect();
  });
}

/** The chosen colour as text: changed as little as makes it readable on the panel, light and dark. */
function colourInk(container: HTMLElement, colour: string | undefined): void {
  const chosen = readColour(colour);
  if (!chosen) return;
  container.style.setProperty("--ink-light", readableOn("#ffffff", chosen));
  container.style.setProperty("--ink-dark", readableOn("#1b1e1f", chosen));
}

/** Builds the chat in the loader's shadow root; it connects when it is first opened. */
export function mount({ data, script, shadow, launcher }: Place): Chat {
  const options = readOptions(data, script);
  speakWith(readWords(data["words"]));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
  const model = new ChatModel(options.server, () => readMetadata(options.locale));
  model.subscribe(() => followState(model, launcher));
  attendBrowser(model);
  const close = () => {
    const hadFocus = shadow.activeElement !== null;
    model.close();
    if (hadFocus) launcher.focus();
  };
  const open = (request: OpenRequest) => {
    model.open(request);
    const mailLink = takeMailLink();
    if (mailLink) model.follow(mailLink);
  };
  const container = document.createElement("div");
  container.lang = WORDS.language;
  container.dir = directionOf(options.locale) ?? "";
  container.dataset["side"] = getComputedStyle(launcher).direction === "rtl" ? "left" : "right";
  colourInk(container, data["color"]);
  shadow.append(container);
  const reopen = () => open({ focus: true });
  createRoot(container).render(
    <>
      <Teaser model={model} open={reopen} />
      <Panel model={model} options={options} close={close} />
    </>,
  );
  const resume = () => {
    if (options.teaser && !wasTeased()) model.tease(options.teaser);
    model.resume();
  };
  return { open, close, resume };
}
