import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { PreviewServer } from "vite";
import { defineConfig } from "vite";
import { FakeChat, fakeSession } from "./tests/fake/chat.ts";
import { answerDesk } from "./tests/fake/desk.ts";
import { answerApi, demoTurn } from "./tests/fake/dev.ts";

const HOST_PAGE = `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>A host page</title>
<body><h1>A host page</h1><p><a href="/schedule">Schedule</a> <a href="/desk">Host desk</a></p>
<script src="/chat.js" data-title="Book an appointment" defer></script></body></html>`;

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function answer(request: IncomingMessage, response: ServerResponse, next: () => void) {
  const path = new URL(request.url ?? "/", "http://127.0.0.1").pathname;
  if (path === "/") response.end(HOST_PAGE);
  else if (path === "/api/chat/session") {
    const session = fakeSession(await readBody(request), `http://${request.headers.host}`);
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(session));
  } else if (path.startsWith("/api/desk/")) answerDesk(request, await readBody(request), response);
  else if (!answerApi(request, response)) {
    if (path === "/schedule" || path === "/desk") request.url = `${path}.html`;
    next();
  }
}

/** Serves what was built with a scripted assistant and a made-up calendar: `npm run demo`. */
export default defineConfig({
  appType: "mpa",
  preview: { host: "127.0.0.1", port: 8079, strictPort: true },
  plugins: [
    {
      name: "contract",
      configurePreviewServer(server: PreviewServer) {
        new FakeChat(server.httpServer as Server, demoTurn);
        server.middlewares.use((request, response, next) => void answer(request, response, next));
      },
    },
  ],
});
