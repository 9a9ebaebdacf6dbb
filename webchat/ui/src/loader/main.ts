import type { Chat, OpenRequest, Place, WidgetModule } from "../shared/embedding.ts";
import { makeLauncher } from "./launcher.ts";

declare const __WIDGET_PATH__: string;

/** Fetches and mounts the chat once; after a failure the next call tries again. */
function chatOn(place: Place): () => Promise<Chat> {
  let chat: Promise<Chat> | undefined;
  let failures = "";
  const mount = async () => {
    try {
      const address = new URL(__WIDGET_PATH__ + failures, place.script).href;
      const widget: WidgetModule = await import(/* @vite-ignore */ address);
      return widget.mount(place);
    } catch (error) {
      // Browsers remember a failed import by its address, so the next attempt takes another.
      failures += failures ? "1" : "?1";
      chat = undefined;
      throw error;
    }
  };
  return () => {
    chat ??= mount();
    return chat;
  };
}

async function show(launcher: HTMLElement, load: () => Promise<Chat>, request: OpenRequest) {
  launcher.setAttribute("aria-busy", "true");
  try {
    (await load()).open(request);
    launcher.title = "";
  } catch {
    launcher.title = "The chat could not be loaded. Please try again.";
  }
  launcher.removeAttribute("aria-busy");
}

/** Puts the launcher on the page; the chat itself comes when the reader shows interest. */
function start({ dataset: data, src: script }: HTMLScriptElement): void {
  const [shadow, launcher] = makeLauncher(data);
  const load = chatOn({ data, script, shadow, launcher });
  const open = (request: OpenRequest) => void show(launcher, load, request);
  const prepare = () => void load().catch(() => undefined);
  launcher.addEventListener("pointerenter", prepare);
  launcher.addEventListener("focus", prepare);
  launcher.addEventListener("click", () => open({ focus: true }));
  window.AppointmentChat = {
    open: (text) => open({ text, focus: true }),
    close: () =>
      void load().then(
        (chat) => chat.close(),
        () => undefined,
      ),
  };
  const began = Object.keys(localStorage).some((key) => key.startsWith("appointment-chat"));
  const later = data["teaser"] ? 1000 * Number(data["teaserAfter"] ?? 6) : began && 2000;
  if (later) setTimeout(() => void load().then((chat) => chat.resume()), later);
  const byLink = location.hash.startsWith("#chat=");
  if (byLink || (data["open"] ?? "false") !== "false") open({ focus: byLink });
}

const script = document.currentScript as HTMLScriptElement | null;
if (script && !window.AppointmentChat) {
  if (document.body) start(script);
  else addEventListener("DOMContentLoaded", () => start(script));
}
