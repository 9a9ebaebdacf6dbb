import { expect, test } from "vitest";
import { contrast, readableOn, readColour, textOn } from "../../../src/shared/colour.ts";

test("contrast is the ratio of WCAG", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

test.each([
  ["#abc", "#aabbcc"],
  ["#A1B2C3", "#A1B2C3"],
  ["red", null],
  ["#12345", null],
  ["#abcdef;x:y", null],
  [undefined, null],
])("the colour %s reads as %s", (text, colour) => {
  expect(readColour(text)).toBe(colour);
});

const GREYS = Array.from({ length: 256 }, (_, level) => level.toString(16).padStart(2, "0"));

test("text on any colour reads well", () => {
  const colours = GREYS.flatMap((part) => [
    `#${part}${part}${part}`,
    `#${part}0000`,
    `#00${part}ff`,
  ]);
  const poor = colours.filter((colour) => contrast(textOn(colour), colour) < 4.5);
  expect(poor).toEqual([]);
});

test("a colour that is readable stays as it is", () => {
  expect(readableOn("#ffffff", "#1c5a4e")).toBe("#1c5a4e");
});

test.each(["#ffd400", "#1c3a8a", "#777777"])("%s is made readable on light and dark", (colour) => {
  const ratios = ["#ffffff", "#1b1e1f"].map((surface) =>
    contrast(readableOn(surface, colour), surface),
  );
  expect(Math.min(...ratios)).toBeGreaterThanOrEqual(5.4);
});
