import { afterEach, expect, test } from "vitest";
import { filled, readWords, speakWith, WORDS, worded } from "../../../src/widget/words.ts";

afterEach(() => speakWith({}));

test("a page's words stand in place of the English ones, in every part", () => {
  speakWith(readWords('{"send": "Senden", "join": "Teilnehmen", "typing": 7}'));
  expect([WORDS.send, WORDS.typing]).toEqual(["Senden", "Assistant is typing"]);
  expect(worded({ join: "Join the meeting", move: "Move" })).toMatchObject({
    join: "Teilnehmen",
    move: "Move",
  });
});

test.each([undefined, "", "not JSON", "null", "7"])("%s changes no word", (text) => {
  expect(readWords(text)).toEqual({});
});

test("values stand where their names do, and nothing else is touched", () => {
  expect(filled("{day}: {count} of {other}", { day: "Monday", count: 3 })).toBe(
    "Monday: 3 of {other}",
  );
});
