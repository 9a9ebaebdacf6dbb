import { io, type Socket } from "socket.io-client";
import type { Answer, KeptLine, Metadata, Receipt, Session } from "./contract.ts";
import { readAnswer, readId, readLines, readReceipt, readSession } from "./guards.ts";
import type { KnownSession } from "./history.ts";

/** `waiting`: there is no connection and the next attempt is due at a time. */
export type Link = "idle" | "connecting" | "online" | "waiting";

/** Who is told what happens on the line. */
export interface LinkListener {
  onLink(link: Link): void;
  onSession(session: Session): void;
  /** What was said while this page was away, and before. */
  onLines(lines: readonly KeptLine[]): void;
  onAnswer(answer: Answer, id: string | null): void;
  onTyping(typing: boolean): void;
}

/** Delays of the connection in milliseconds. */
export interface Patience {
  /** A turn without receipt after this long counts as failed. */
  readonly receipt: number;
  /** Longest wait for each step of connecting. */
  readonly connecting: number;
  readonly firstRetry: number;
  readonly longestRetry: number;
}

export const PATIENCE: Patience = {
  receipt: 30_000,
  connecting: 10_000,
  firstRetry: 500,
  longestRetry: 10_000,
};

/** How long to wait before attempt number `attempt` (from 0): doubling, capped, between half and all of it. */
export function retryDelay(attempt: number, patience: Patience, chance = Math.random()): number {
  const longest = Math.min(patience.longestRetry, patience.firstRetry * 2 ** Math.min(attempt, 16));
  return longest * (0.5 + chance / 2);
}

async function fetchSession(server: string, known: KnownSession | null, wait: number) {
  const response = await fetch(`${server}/api/chat/session`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(known ? { token: known.token } : {}),
    credentials: "omit",
    signal: AbortSignal.timeout(wait),
  });
  const session = response.ok ? readSession(await response.json()) : null;
  if (!session) throw new Error(`no chat session: ${response.status}`);
  return session;
}

/** What the server has on record; nothing where it cannot say: the browser's own record still stands. */
async function fetchLines(server: string, token: string, wait: number): Promise<KeptLine[]> {
  try {
    const response = await fetch(`${server}/api/chat/history`, {
      headers: { Authorization: `Bearer ${token}` },
      credentials: "omit",
      signal: AbortSignal.timeout(wait),
    });
    return response.ok ? readLines(await response.json()) : [];
  } catch {
    return [];
  }
}

/** One message as it is sent: what it means, what it was called in the log, and what the log shows. */
export interface Outgoing {
  readonly id: string;
  readonly text: string;
  readonly payload: string;
}

/** The line to the server: connects, comes back after a loss, and sends one message at a time. */
export class Connection {
  private socket: Socket | null = null;
  private session: Session | null = null;
  private attempt = 0;
  private run = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private link: Link = "idle";
  private readonly server: string;
  private readonly known: () => KnownSession | null;
  private readonly metadata: () => Metadata;
  private readonly listener: LinkListener;
  private readonly patience: Patience;

  constructor(
    server: string,
    known: () => KnownSession | null,
    metadata: () => Metadata,
    listener: LinkListener,
    patience = PATIENCE,
  ) {
    this.server = server;
    this.known = known;
    this.metadata = metadata;
    this.listener = listener;
    this.patience = patience;
  }

  /** Connects now unless that is done or under way; also ends a wait early. */
  connect(): void {
    if (this.link === "connecting" || this.link === "online") return;
    clearTimeout(this.timer);
    this.change("connecting");
    this.run += 1;
    void this.establish(this.run);
  }

  /** Gives up the line until the next `connect`. */
  disconnect(): void {
    clearTimeout(this.timer);
    this.dropSocket();
    this.change("idle");
  }

  /** Treats the line as lost, as when the browser says that it is offline. */
  lost(): void {
    if (this.link === "idle" || this.link === "waiting") return;
    this.dropSocket();
    this.timer = setTimeout(() => this.connect(), retryDelay(this.attempt, this.patience));
    this.attempt += 1;
    this.change("waiting");
  }

  /** Sends one message; resolves at the end of the server's turn, or when its receipt cannot come any more. */
  async send(message: Outgoing, mailLink: string | null = null): Promise<Receipt> {
    if (!this.socket || !this.session) return { ok: false, failure: "unsent" };
    const metadata = mailLink ? { ...this.metadata(), link: mailLink } : this.metadata();
    const { id, text, payload } = message;
    const shown = text === payload ? undefined : text;
    const body = { message: payload, id, shown, session_id: this.session.id, metadata };
    try {
      const line = this.socket.timeout(this.patience.receipt);
      return readReceipt(await line.emitWithAck("user_uttered", body));
    } catch {
      return { ok: false, failure: "unknown" };
    }
  }

  private async establish(run: number): Promise<void> {
    try {
      const session = await fetchSession(this.server, this.known(), this.patience.connecting);
      if (run === this.run && this.link === "connecting") this.attach(session);
    } catch {
      if (run === this.run) this.lost();
    }
  }

  private attach(session: Session): void {
    const { origin, pathname } = new URL(session.chatUrl);
    this.session = session;
    this.socket = io(origin, {
      path: `${pathname.replace(/\/$/, "")}/socket.io/`,
      auth: { token: session.token },
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      timeout: this.patience.connecting,
      reconnection: false,
      forceNew: true,
    });
    this.attend(this.socket, session);
  }

  private attend(socket: Socket, session: Session): void {
    const failed = () => {
      clearTimeout(confirmation);
      if (this.socket === socket) this.lost();
    };
    const confirmation = setTimeout(failed, 2 * this.patience.connecting);
    const request = { session_id: session.id, metadata: this.metadata() };
    socket.on("connect", () => socket.emit("session_request", request));
    socket.on("connect_error", failed);
    socket.on("disconnect", failed);
    socket.on("session_confirm", async () => {
      clearTimeout(confirmation);
      this.attempt = 0;
      this.listener.onSession(session);
      const lines = await fetchLines(this.server, session.token, this.patience.connecting);
      if (this.socket !== socket) return;
      this.listener.onLines(lines);
      this.change("online");
    });
    socket.on("bot_uttered", (body: unknown) => {
      const answer = readAnswer(body);
      if (answer) this.listener.onAnswer(answer, readId(body));
    });
    socket.on("bot_typing", (typing: unknown) => this.listener.onTyping(typing === true));
  }

  private dropSocket(): void {
    const socket = this.socket;
    this.socket = null;
    socket?.disconnect();
  }

  private change(link: Link): void {
    this.link = link;
    this.listener.onLink(link);
  }
}
