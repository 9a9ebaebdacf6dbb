import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Patience } from "../../../src/widget/connection.ts";
import { retryDelay } from "../../../src/widget/connection.ts";
import { ChatModel } from "../../../src/widget/model.ts";
import { fakeSession, type Turn } from "../../fake/chat.ts";
import { type RunningServer, startServer } from "../../fake/server.ts";

const PATIENCE: Patience = { receipt: 400, connecting: 2000, firstRetry: 20, longestRetry: 60 };
const METADATA = { timezone: "Asia/Kolkata", locale: "en-GB", page: "https://example.org/contact" };
const DONE: Turn = { utter: [{ text: "Which one?" }], receipt: { ok: true } };

const open: { close(): unknown }[] = [];

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});

afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function serve(...given: Parameters<typeof startServer>): Promise<RunningServer> {
  const server = await startServer(...given);
  open.push(server);
  return server;
}

function chatWith(url: string): ChatModel {
  const model = new ChatModel(url, () => METADATA, PATIENCE);
  open.push({ close: () => model.end() });
  model.open({ focus: true });
  return model;
}

function lines(model: ChatModel): string[] {
  return model
    .snapshot()
    .log.map((entry) =>
      entry.kind === "own"
        ? `${entry.text}: ${entry.status}${entry.failure ? `, ${entry.failure}` : ""}`
        : entry.kind === "text"
          ? entry.text
          : entry.kind,
    );
}

const soon = (check: () => void) => vi.waitFor(check, { timeout: 4000, interval: 10 });
const reads = (model: ChatModel, ...expected: string[]) =>
  soon(() => expect(lines(model)).toEqual(expected));

test("a message reaches the server with zone, language and page, and is answered", async () => {
  const { url, chat } = await serve(() => DONE);
  const model = chatWith(url);
  model.write(" Tuesday? ");
  await reads(model, "Tuesday?: delivered", "Which one?");
  const session_id = (chat.requests[0] as { session_id: string }).session_id;
  expect(chat.requests).toEqual([{ session_id, metadata: METADATA }]);
  const id = model.snapshot().log[0]?.id;
  expect(chat.heard).toEqual([{ message: "Tuesday?", id, session_id, metadata: METADATA }]);
});

test("a quick reply shows its title and sends its payload", async () => {
  const { url, chat } = await serve(() => DONE);
  const model = chatWith(url);
  model.write("Tue 10:30", '/pick{"option":"k1"}');
  await reads(model, "Tue 10:30: delivered", "Which one?");
  expect(chat.heard.map(({ message }) => message)).toEqual(['/pick{"option":"k1"}']);
});

test("a second message waits until the first turn has ended", async () => {
  const script = (message: string) => ({ ...DONE, utter: [{ text: `re ${message}` }], typing: 80 });
  const { url, chat } = await serve(script);
  const model = chatWith(url);
  model.write("one");
  model.write("two");
  await soon(() => expect(model.snapshot().typing).toBe(true));
  expect(chat.heard.map(({ message }) => message)).toEqual(["one"]);
  await reads(model, "one: delivered", "re one", "two: delivered", "re two");
});

test("what the server refuses can be tried again", async () => {
  const turns: Turn[] = [{ utter: [], receipt: { ok: false, error: "busy" } }, DONE];
  const { url } = await serve(() => turns.shift() ?? DONE);
  const model = chatWith(url);
  model.write("hello");
  await reads(model, "hello: failed, refused");
  model.retry(model.snapshot().log[0]?.id ?? "");
  await reads(model, "hello: delivered", "Which one?");
});

test("a message without receipt is marked as unconfirmed in time", async () => {
  const { url } = await serve(() => ({ utter: [], receipt: undefined }));
  const model = chatWith(url);
  model.write("hello");
  await reads(model, "hello: failed, unknown");
});

test("a line lost in mid-turn comes back, and the late answer proves the delivery", async () => {
  const { url, chat } = await serve(() => ({ ...DONE, typing: 250 }));
  const model = chatWith(url);
  model.write("hello");
  await soon(() => expect(chat.heard.length).toBe(1));
  chat.drop();
  await reads(model, "hello: failed, unknown");
  await reads(model, "hello: delivered", "Which one?");
  expect(model.snapshot()).toMatchObject({ link: "online", offline: false });
});

test("what is written without a connection is sent when there is one again", async () => {
  const first = await startServer(() => DONE);
  const model = chatWith(first.url);
  await soon(() => expect(model.snapshot().link).toBe("online"));
  await first.close();
  await soon(() => expect(model.snapshot().offline).toBe(true));
  model.write("while you were out");
  expect(lines(model)).toEqual(["while you were out: queued"]);
  await serve(() => DONE, { port: Number(new URL(first.url).port) });
  await reads(model, "while you were out: delivered", "Which one?");
});

test("a lost session is told as the beginning of a new conversation", async () => {
  let sessions = (_body: string, origin: string) => fakeSession("{}", origin);
  const { url, chat } = await serve(() => DONE, { sessions: (body, at) => sessions(body, at) });
  const model = chatWith(url);
  model.write("hello");
  await reads(model, "hello: delivered", "Which one?");
  chat.drop();
  await reads(model, "hello: delivered", "Which one?", "break");
  sessions = fakeSession;
  chat.drop();
  await soon(() => expect(chat.requests.length).toBe(3));
  expect(lines(model)).toEqual(["hello: delivered", "Which one?", "break"]);
});

test("a refused token is replaced", async () => {
  const answers = [{ token: "stale.1.x" }, {}];
  const { url } = await serve(() => DONE, {
    sessions: (body, origin) => ({ ...fakeSession(body, origin), ...answers.shift() }),
  });
  const model = chatWith(url);
  await soon(() => expect(model.snapshot().link).toBe("online"));
});

test("a later visit takes up the session and the conversation", async () => {
  const { url, chat } = await serve(() => DONE);
  const before = chatWith(url);
  before.write("hello");
  await reads(before, "hello: delivered", "Which one?");
  before.end();
  const later = chatWith(url);
  expect(lines(later)).toEqual(["hello: delivered", "Which one?"]);
  later.write("again");
  await reads(later, "hello: delivered", "Which one?", "again: delivered", "Which one?");
  expect(new Set(chat.heard.map(({ session_id }) => session_id)).size).toBe(1);
});

test("two tabs show one conversation, and each message is sent once", async () => {
  const { url, chat } = await serve(() => DONE);
  const one = chatWith(url);
  await soon(() => expect(one.snapshot().link).toBe("online"));
  const other = chatWith(url);
  await soon(() => expect(other.snapshot().link).toBe("online"));
  one.write("hello");
  await reads(one, "hello: delivered", "Which one?");
  await reads(other, "hello: delivered", "Which one?");
  expect(chat.heard.length).toBe(1);
});

test("an answer that comes while the chat is closed is marked as unread", async () => {
  const { url } = await serve(() => ({ ...DONE, typing: 50 }));
  const model = chatWith(url);
  model.write("hello");
  model.close();
  await soon(() => expect(model.snapshot().unread).toBe(1));
  model.open({ focus: true });
  expect(model.snapshot().unread).toBe(0);
});

test("opening with a text puts it into the message box and sends nothing", async () => {
  const { url, chat } = await serve(() => DONE);
  const model = chatWith(url);
  model.open({ text: "Consultation on Tuesday", focus: true });
  await soon(() => expect(model.snapshot().link).toBe("online"));
  expect(model.snapshot()).toMatchObject({ draft: "Consultation on Tuesday", log: [] });
  expect(chat.heard).toEqual([]);
});

test("a mail's link asks for its appointment, goes along with that alone, and is kept nowhere", async () => {
  const stored = vi.spyOn(localStorage, "setItem");
  const { url, chat } = await serve(() => DONE);
  const model = chatWith(url);
  model.follow("t0ken");
  await reads(model, "Show my appointment: delivered", "Which one?");
  model.write("cancel it");
  await soon(() => expect(chat.heard.length).toBe(2));
  expect(chat.heard.map(({ metadata }) => metadata)).toEqual([
    { ...METADATA, link: "t0ken" },
    METADATA,
  ]);
  expect(chat.requests).toMatchObject([{ metadata: METADATA }]);
  expect(JSON.stringify([stored.mock.calls, chat.requests])).not.toContain("t0ken");
});

test("a mail's link goes along again when its message is tried again", async () => {
  const turns: Turn[] = [{ utter: [], receipt: { ok: false, error: "failed" } }, DONE];
  const { url, chat } = await serve(() => turns.shift() ?? DONE);
  const model = chatWith(url);
  model.follow("t0ken");
  await reads(model, "Show my appointment: failed, refused");
  model.retry(model.snapshot().log[0]?.id ?? "");
  await reads(model, "Show my appointment: delivered", "Which one?");
  expect(chat.heard.map(({ metadata }) => metadata)).toEqual([
    { ...METADATA, link: "t0ken" },
    { ...METADATA, link: "t0ken" },
  ]);
});

test("waits between attempts double up to a limit and vary by half", () => {
  const patience = { ...PATIENCE, firstRetry: 500, longestRetry: 10_000 };
  expect([0, 1, 4, 5, 60].map((attempt) => retryDelay(attempt, patience, 1))).toEqual([
    500, 1000, 8000, 10_000, 10_000,
  ]);
  expect(retryDelay(1, patience, 0)).toBe(500);
});
