import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { FakeChat, fakeSession, type Turn } from "./chat.ts";

/** Chat server on a free port of this machine; ends with `close`. */
export interface RunningServer {
  readonly url: string;
  readonly chat: FakeChat;
  close(): Promise<void>;
}

type Script = (message: string) => Turn;
type Sessions = typeof fakeSession;

/** Starts the server half of the contract; `port` 0 takes a free one. */
export async function startServer(
  script: Script,
  { port = 0, sessions = fakeSession as Sessions } = {},
): Promise<RunningServer> {
  const http: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      response.setHeader("Access-Control-Allow-Origin", "*");
      response.setHeader("Access-Control-Allow-Headers", "Content-Type");
      response.end(JSON.stringify(sessions(body, `http://${request.headers.host}`)));
    });
  });
  const chat = new FakeChat(http, script);
  await new Promise<void>((done) => http.listen(port, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const close = async () => {
    await chat.sockets.close();
    http.closeAllConnections();
  };
  return { url, chat, close };
}
