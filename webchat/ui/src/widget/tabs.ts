import type { LogEvent } from "./conversation.ts";

/** What the reader does in one tab, told to the same site's other tabs; answers reach each tab by itself. */
export class Tabs {
  private readonly channel: BroadcastChannel | null;

  constructor(server: string, onEvent: (event: LogEvent) => void) {
    this.channel =
      typeof BroadcastChannel === "undefined"
        ? null
        : new BroadcastChannel(`appointment-chat:${server}`);
    this.channel?.addEventListener("message", ({ data }) => onEvent(data as LogEvent));
  }

  tell(event: LogEvent): void {
    this.channel?.postMessage(event);
  }

  close(): void {
    this.channel?.close();
  }
}
