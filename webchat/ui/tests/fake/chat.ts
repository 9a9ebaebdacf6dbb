import type { Server as HttpServer } from "node:http";
import { type Socket, Server as SocketServer } from "socket.io";

/** What the chat channel does with a message: bodies to utter, and the receipt (none: the turn hangs). */
export interface Turn {
  readonly utter: readonly unknown[];
  readonly receipt: unknown;
  /** Milliseconds of typing before the first body. */
  readonly typing?: number;
}

export interface Uttered {
  readonly message: string;
  readonly session_id: string;
  readonly metadata: unknown;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The server's half of the chat contract, with a script in the place of the assistant. */
export class FakeChat {
  readonly heard: Uttered[] = [];
  readonly requests: unknown[] = [];
  readonly sockets: SocketServer;
  private readonly script: (message: string) => Turn;

  constructor(http: HttpServer, script: (message: string) => Turn) {
    this.script = script;
    this.sockets = new SocketServer(http, { cors: { origin: true }, serveClient: false });
    this.sockets.use((socket, next) => {
      const known = String(socket.handshake.auth["token"]).startsWith("session-");
      next(known ? undefined : new Error("refused"));
    });
    this.sockets.on("connection", (socket) => this.attend(socket));
  }

  /** Ends all lines at once, as a restart of the server would. */
  drop(): void {
    this.sockets.disconnectSockets(true);
  }

  private attend(socket: Socket): void {
    const id = String(socket.handshake.auth["token"]).split(".")[0] ?? "";
    socket.on("session_request", async (body: unknown) => {
      this.requests.push(body);
      await socket.join(id);
      socket.emit("session_confirm", id);
    });
    socket.on("user_uttered", async (body: Uttered, receipt: (value: unknown) => void) => {
      this.heard.push(body);
      const turn = this.script(body.message);
      const room = this.sockets.to(id);
      room.emit("bot_typing", true);
      await pause(turn.typing ?? 0);
      for (const answer of turn.utter) room.emit("bot_uttered", answer);
      room.emit("bot_typing", false);
      if (turn.receipt !== undefined) receipt(turn.receipt);
    });
  }
}

let count = 0;

/** The answer of `POST /api/chat/session`: a known token keeps its session. */
export function fakeSession(body: string, origin: string): Record<string, unknown> {
  const { token } = JSON.parse(body || "{}") as { token?: string };
  count += 1;
  const id = token?.startsWith("session-") ? token.split(".")[0] : `session-${count}`;
  return {
    session_id: id,
    token: `${id}.${count}`,
    expires_at: "2026-12-01T00:00:00Z",
    chat_url: origin,
  };
}
