import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { listenForChanges } from "../../../src/shared/live.ts";

/** The browser's EventSource as far as it is used, driven by hand. */
class Stream extends EventTarget {
  static readonly CLOSED = 2;
  static readonly opened: Stream[] = [];
  readyState = 0;
  readonly address: string;

  constructor(address: string) {
    super();
    this.address = address;
    Stream.opened.push(this);
  }

  close(): void {
    this.readyState = Stream.CLOSED;
  }
}

const onChange = vi.fn();
const onState = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  Stream.opened.length = 0;
  vi.stubGlobal("EventSource", Stream);
});

afterEach(() => vi.useRealTimers());

function listen() {
  const end = listenForChanges("https://example.org/api/changes", onChange, onState);
  return { end, stream: Stream.opened[0] as Stream };
}

test("each change is told, and that the line stands", () => {
  const { stream } = listen();
  stream.dispatchEvent(new Event("open"));
  stream.dispatchEvent(new Event("change"));
  stream.dispatchEvent(new Event("change"));
  expect(onChange).toHaveBeenCalledTimes(2);
  expect(onState.mock.calls).toEqual([[true]]);
});

test("a stream that the browser takes up again by itself is left to it", () => {
  const { stream } = listen();
  stream.dispatchEvent(new Event("error"));
  vi.advanceTimersByTime(60_000);
  expect([onState.mock.calls, Stream.opened.length]).toEqual([[[false]], 1]);
});

test("a stream that the server refused is tried again", () => {
  const { stream } = listen();
  stream.readyState = Stream.CLOSED;
  stream.dispatchEvent(new Event("error"));
  vi.advanceTimersByTime(5000);
  expect(Stream.opened.map(({ address }) => address)).toEqual([stream.address, stream.address]);
});

test("the end closes the stream and the wait for the next", () => {
  const { end, stream } = listen();
  stream.readyState = Stream.CLOSED;
  stream.dispatchEvent(new Event("error"));
  end();
  vi.advanceTimersByTime(60_000);
  expect(Stream.opened.length).toBe(1);
});
