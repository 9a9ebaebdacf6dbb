import type { Chat, OpenRequest, WidgetModule } from "../shared/embedding.ts";
import { makeLauncher } from "./launcher.ts";

declare const __WIDGET_PATH__: string;

/** Puts the launcher on the page; the chat itself comes when the reader shows interest. */
function start({ dataset: data, src: script }: HTMLScriptElement): void {
  const [shadow, launcher] = makeLauncher(data);
  let chat: Promise<Chat> | undefined;
  let failures = "";
  const fetchChat = async () => {
    try {
      const address = new URL(__WIDGET_PATH__ + failures, script).href;
      const widget: WidgetModule = await import(/* @vite-ignore */ address);
      return widget.mount({ data, script, shadow, launcher });
    } catch (error) {
      // Browsers remember a failed import by its address, so the next attempt takes another.
      failures += failures ? "1" : "?1";
      chat = undefined;
      throw error;
    }
  };
  const load = () => {
    chat ??= fetchChat();
    return chat;
  };
  const open = async (request: OpenRequest) => {
    launcher.setAttribute("aria-busy", "true");
    try {
      (await load()).open(request);
      launcher.title = "";
    } catch {
      launcher.title = "The chat could not be loaded. Please try again.";
    }
    launcher.removeAttribute("aria-busy");
  };
  const prepare = () => void load().catch(() => undefined);
  launcher.addEventListener("pointerenter", prepare);
  launcher.addEventListener("focus", prepare);
  launcher.addEventListener("click", () => void open({ focus: true }));
  window.AppointmentChat = {
    open: (text) => void open({ text, focus: true }),
    close: () => void chat?.then((present) => present.close()),
  };
  if ((data["open"] ?? "false") !== "false") void open({ focus: false });
}

const script = document.currentScript as HTMLScriptElement | null;
if (script && !window.AppointmentChat) {
  if (document.body) start(script);
  else addEventListener("DOMContentLoaded", () => start(script));
}
