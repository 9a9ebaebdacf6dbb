import type { OpenRequest } from "../shared/embedding.ts";
import { Connection, type Link, type LinkListener, type Patience } from "./connection.ts";
import type { KeptLine, Metadata } from "./contract.ts";
import {
  applied,
  caughtUp,
  type Entry,
  type LogEvent,
  nextToSend,
  reopened,
  written,
} from "./conversation.ts";
import { History, type KnownSession } from "./history.ts";
import { Tabs } from "./tabs.ts";
import { WORDS } from "./words.ts";

/** Everything the panel shows. */
export interface ChatState {
  readonly open: boolean;
  /** How often the reader asked for the chat and so for the focus in it. */
  readonly focusRequests: number;
  readonly draft: string;
  readonly log: readonly Entry[];
  readonly link: Link;
  /** The line broke and has not come back yet. */
  readonly offline: boolean;
  readonly typing: boolean;
  /** How many answers came while the chat was closed. */
  readonly unread: number;
  /** Words beside the closed launcher; null where there is nothing to say. */
  readonly teaser: string | null;
}

const AT_FIRST: ChatState = {
  open: false,
  focusRequests: 0,
  draft: "",
  log: [],
  link: "idle",
  offline: false,
  typing: false,
  unread: 0,
  teaser: null,
};
const LONGEST_TEASER = 140;
/** Two tabs note the same answer a moment apart; more than this means that one missed it. */
const SAME_ANSWER = 1500;

let count = 0;
const origin = Math.random().toString(36).slice(2).padEnd(8, "0");

function newId(): string {
  count += 1;
  return `${origin}-${count}`;
}

/** The chat's state and everything that changes it; a store for `useSyncExternalStore`. */
export class ChatModel implements LinkListener {
  private state: ChatState;
  private session: KnownSession | null;
  private mailLink: string | null = null;
  private readonly mine = new Set<string>();
  private readonly readers = new Set<() => void>();
  private readonly history: History;
  private readonly tabs: Tabs;
  private readonly connection: Connection;

  constructor(server: string, metadata: () => Metadata, patience?: Patience) {
    this.history = new History(server);
    const kept = this.history.load();
    this.session = kept.session;
    this.state = { ...AT_FIRST, log: reopened(kept.log) };
    this.tabs = new Tabs(server, (event) => this.change({ log: applied(this.state.log, event) }));
    this.connection = new Connection(server, () => this.known(), metadata, this, patience);
  }

  readonly subscribe = (reader: () => void): (() => void) => {
    this.readers.add(reader);
    return () => this.readers.delete(reader);
  };

  readonly snapshot = (): ChatState => this.state;

  open({ text, focus }: OpenRequest): void {
    const { draft, focusRequests } = this.state;
    this.change({
      open: true,
      unread: 0,
      teaser: null,
      draft: text ?? draft,
      focusRequests: focusRequests + (focus ? 1 : 0),
    });
    this.connection.connect();
  }

  close(): void {
    this.change({ open: false });
  }

  /** Takes up an earlier conversation without showing it; what came meanwhile is counted. */
  resume(): void {
    if (this.state.log.length > 0) this.connection.connect();
  }

  /** Shows words beside the launcher, unless a conversation has begun. */
  tease(words: string): void {
    if (!this.state.open && this.state.log.length === 0) this.change({ teaser: words });
  }

  dismissTeaser(): void {
    this.change({ teaser: null });
  }

  edit(draft: string): void {
    this.change({ draft });
  }

  /** Writes a message; it is sent at once, or as soon as there is a line and its turn. */
  write(text: string, payload = text): void {
    const id = newId();
    this.mine.add(id);
    this.happened({ type: "wrote", entry: written(id, Date.now(), text.trim(), payload.trim()) });
    this.sendNext();
  }

  /** Asks for the appointment of a mail's link, which goes along until a message has arrived and is then forgotten. */
  follow(mailLink: string): void {
    this.mailLink = mailLink;
    this.write(WORDS.showAppointment);
  }

  retry(id: string): void {
    this.mine.add(id);
    this.happened({ type: "retried", id });
    this.connection.connect();
    this.sendNext();
  }

  /** Tries the line again now, as when the browser says that it is online. */
  reconnect(): void {
    if (this.state.link === "waiting") this.connection.connect();
  }

  lineLost(): void {
    this.connection.lost();
  }

  /** Takes over what another tab was told while this one slept without a line. */
  catchUp(): void {
    const { log } = this.state;
    const waits = log.some((entry) => entry.kind === "own" && /queued|sending/.test(entry.status));
    const kept = this.history.load();
    const newest = kept.log.at(-1)?.at ?? 0;
    if (waits || newest <= (log.at(-1)?.at ?? 0) + SAME_ANSWER) return;
    this.session = kept.session;
    this.change({ log: kept.log });
  }

  end(): void {
    this.connection.disconnect();
    this.tabs.close();
  }

  onLink(link: Link): void {
    const offline = link === "waiting" || (link === "connecting" && this.state.offline);
    this.change({ link, offline, typing: link === "online" && this.state.typing });
    if (link === "online") this.sendNext();
  }

  onSession(session: KnownSession): void {
    this.catchUp();
    const isNew = this.session !== null && this.session.id !== session.id;
    this.session = { id: session.id, token: session.token };
    if (isNew) this.change({ log: applied(this.state.log, { type: "broke", ...this.stamp() }) });
    this.save();
  }

  onLines(lines: readonly KeptLine[]): void {
    const before = this.state.log;
    this.take(caughtUp(before, lines), before);
  }

  onAnswer(answer: Parameters<LinkListener["onAnswer"]>[0], id: string | null = null): void {
    const before = this.state.log;
    const stamp = { ...this.stamp(), ...(id && { id }) };
    this.take(applied(before, { type: "answered", ...stamp, answer }), before);
  }

  onTyping(typing: boolean): void {
    this.change({ typing });
  }

  /** The session to take up: another tab may have begun or renewed one since. */
  private known(): KnownSession | null {
    return this.history.load().session ?? this.session;
  }

  /** The log with answers that are new; while the chat is closed they are counted, and the last is shown. */
  private take(log: readonly Entry[], before: readonly Entry[]): void {
    const known = new Set(before.map(({ id }) => id));
    const added = log.filter(
      ({ id, kind }) => !known.has(id) && (kind === "text" || kind === "card"),
    );
    const { open, unread, teaser } = this.state;
    const last = added.findLast((entry) => entry.kind === "text");
    const said = last?.kind === "text" ? last.text.slice(0, LONGEST_TEASER) : teaser;
    this.change({ log, unread: open ? 0 : unread + added.length, teaser: open ? null : said });
    this.save();
  }

  private stamp(): { id: string; at: number } {
    return { id: newId(), at: Date.now() };
  }

  private happened(event: LogEvent): void {
    this.change({ log: applied(this.state.log, event) });
    this.tabs.tell(event);
    this.save();
  }

  private sendNext(): void {
    const next = this.state.link === "online" ? nextToSend(this.state.log, this.mine) : null;
    if (!next) return;
    this.happened({ type: "sending", id: next.id });
    const { mailLink } = this;
    void this.connection.send(next, mailLink).then((receipt) => {
      if (receipt.ok && this.mailLink === mailLink) this.mailLink = null;
      this.happened(
        receipt.ok
          ? { type: "delivered", id: next.id }
          : { type: "failed", id: next.id, failure: receipt.failure },
      );
      this.sendNext();
    });
  }

  private save(): void {
    this.history.save({ session: this.session, log: this.state.log });
  }

  private change(part: Partial<ChatState>): void {
    this.state = { ...this.state, ...part };
    for (const reader of this.readers) reader();
  }
}
