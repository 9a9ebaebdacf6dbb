import { safeLink } from "./links.ts";

/** A run of text within a line. */
export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "strong" | "emphasis"; readonly children: readonly Inline[] }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "link"; readonly target: string; readonly text: string };

type Line = readonly Inline[];

/** A block of a message: a paragraph's lines, or a list's items. */
export type Block =
  | { readonly kind: "paragraph"; readonly lines: readonly Line[] }
  | { readonly kind: "bullets"; readonly items: readonly Line[] }
  | { readonly kind: "numbers"; readonly first: number; readonly items: readonly Line[] };

const INLINE = new RegExp(
  [
    "`(?<code>[^`\\n]+)`",
    "\\*\\*(?<strong>\\S(?:[^\\n]*?\\S)?)\\*\\*",
    "(?<![\\w*])\\*(?<emphasis>[^\\s*](?:[^*\\n]*[^\\s*])?)\\*(?![\\w*])",
    "\\[(?<label>[^\\]\\n]+)\\]\\((?<target>[^\\s)]+)\\)",
    "(?<bare>https?://[^\\s<>\"']*[^\\s<>\"'.,;:!?)\\]])",
  ].join("|"),
  "g",
);

function readMatch(groups: Readonly<Record<string, string | undefined>>, whole: string): Inline {
  const { code, strong, emphasis, label, target, bare } = groups as Record<string, string>;
  if (code) return { kind: "code", text: code };
  if (strong) return { kind: "strong", children: readInline(strong) };
  if (emphasis) return { kind: "emphasis", children: readInline(emphasis) };
  const address = safeLink(target ?? bare ?? "");
  if (address) return { kind: "link", target: address, text: label ?? bare ?? address };
  return { kind: "text", text: whole };
}

/** Strong, emphasis, code and links of one line; everything else stays text as written. */
export function readInline(line: string): Inline[] {
  const runs: Inline[] = [];
  let end = 0;
  for (const match of line.matchAll(INLINE)) {
    if (match.index > end) runs.push({ kind: "text", text: line.slice(end, match.index) });
    runs.push(readMatch(match.groups ?? {}, match[0]));
    end = match.index + match[0].length;
  }
  if (end < line.length) runs.push({ kind: "text", text: line.slice(end) });
  return runs;
}

function readLine(line: string): Block | null {
  const bullet = /^\s*[-*•]\s+(\S.*)$/.exec(line)?.[1];
  if (bullet) return { kind: "bullets", items: [readInline(bullet)] };
  const numbered = /^\s*(\d{1,3})[.)]\s+(\S.*)$/.exec(line);
  if (numbered?.[2])
    return { kind: "numbers", first: Number(numbered[1]), items: [readInline(numbered[2])] };
  return line.trim() ? { kind: "paragraph", lines: [readInline(line.trim())] } : null;
}

function joined(before: Block, next: Block): Block | null {
  if (before.kind === "paragraph" && next.kind === "paragraph")
    return { kind: "paragraph", lines: [...before.lines, ...next.lines] };
  if (before.kind === "bullets" && next.kind === "bullets")
    return { kind: "bullets", items: [...before.items, ...next.items] };
  if (before.kind === "numbers" && next.kind === "numbers")
    return next.first === before.first + before.items.length
      ? { ...before, items: [...before.items, ...next.items] }
      : null;
  return null;
}

/** The small subset of Markdown that answers use, as plain values; raw HTML has no meaning in it. */
export function readMarkdown(text: string): Block[] {
  const blocks: Block[] = [];
  let apart = true;
  for (const line of text.replaceAll("\r", "").split("\n")) {
    const block = readLine(line);
    const last = blocks.at(-1);
    const whole = block && last && !apart ? joined(last, block) : null;
    if (whole) blocks[blocks.length - 1] = whole;
    else if (block) blocks.push(block);
    apart = block === null && last?.kind === "paragraph";
  }
  return blocks;
}
