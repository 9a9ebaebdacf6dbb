import { expect, test } from "vitest";
import { readInline, readMarkdown } from "../../../src/widget/markdown.ts";

const text = (value: string) => ({ kind: "text" as const, text: value });

test("numbered offers become a list that keeps its numbers", () => {
  expect(readMarkdown("I found:\n2. Tuesday, 10:30\n3. Tuesday, 14:00\n\nWhich one?")).toEqual([
    { kind: "paragraph", lines: [[text("I found:")]] },
    { kind: "numbers", first: 2, items: [[text("Tuesday, 10:30")], [text("Tuesday, 14:00")]] },
    { kind: "paragraph", lines: [[text("Which one?")]] },
  ]);
});

test("numbers that do not follow each other are not renumbered", () => {
  expect(readMarkdown("1. a\n3. b")).toEqual([
    { kind: "numbers", first: 1, items: [[text("a")]] },
    { kind: "numbers", first: 3, items: [[text("b")]] },
  ]);
});

test("lines stay lines and blank lines part paragraphs", () => {
  expect(readMarkdown("one\ntwo\n\nthree")).toEqual([
    { kind: "paragraph", lines: [[text("one")], [text("two")]] },
    { kind: "paragraph", lines: [[text("three")]] },
  ]);
});

test("bullets become a list", () => {
  expect(readMarkdown("- a\n* b\n• c")).toEqual([
    { kind: "bullets", items: [[text("a")], [text("b")], [text("c")]] },
  ]);
});

test("strong, emphasis and code are read, also inside each other", () => {
  expect(readInline("**Dr. *Eva* Meyer** at `9:00`")).toEqual([
    {
      kind: "strong",
      children: [text("Dr. "), { kind: "emphasis", children: [text("Eva")] }, text(" Meyer")],
    },
    text(" at "),
    { kind: "code", text: "9:00" },
  ]);
});

test.each(["2 * 3 * 4", "a*b*c", "ann_lee@example.org", "** bold **", "`", "[x] (y)", "5 < 6 & 7"])(
  "%s is left as it is written",
  (line) => {
    expect(readInline(line)).toEqual([text(line)]);
  },
);

test("HTML is text", () => {
  const line = '<img src=x onerror="alert(1)">';
  expect(readInline(line)).toEqual([text(line)]);
});

test("an address in a sentence becomes a link without the full stop", () => {
  expect(readInline("See https://meet.example.org/a?b=1.")).toEqual([
    text("See "),
    {
      kind: "link",
      target: "https://meet.example.org/a?b=1",
      text: "https://meet.example.org/a?b=1",
    },
    text("."),
  ]);
});

test.each(["javascript:alert(1)", "data:text/html,x", "vbscript:x", "//example.org", "file:///a"])(
  "a link to %s stays text",
  (target) => {
    const line = `[click](${target})`;
    expect(readInline(line).some(({ kind }) => kind === "link")).toBe(false);
  },
);

test("mail and telephone links are kept", () => {
  expect(readInline("[mail](mailto:ann@example.org)")).toEqual([
    { kind: "link", target: "mailto:ann@example.org", text: "mail" },
  ]);
});
