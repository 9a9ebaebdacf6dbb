import { expect, test } from "vitest";
import { directionOf, readOptions } from "../../../src/widget/options.ts";

const SCRIPT = "https://chat.example.org/chat.js?v=3";
const DEFAULTS = {
  server: "https://chat.example.org",
  title: "Appointments",
  greeting: null,
  locale: null,
  teaser: null,
  voice: false,
};

test("a bare tag gives the defaults and its own origin as server", () => {
  expect(readOptions({}, SCRIPT)).toEqual(DEFAULTS);
});

test("a script below a path has its server there too", () => {
  expect(readOptions({}, "https://example.org/tools/chat.js").server).toBe(
    "https://example.org/tools",
  );
});

test("every option is taken over", () => {
  const data = {
    server: "https://api.example.org/",
    title: " Dr. Meyer ",
    greeting: "Good day!",
    locale: "de-ch",
    teaser: " Need a time? ",
    voice: "",
  };
  expect(readOptions(data, SCRIPT)).toEqual({
    server: "https://api.example.org",
    title: "Dr. Meyer",
    greeting: "Good day!",
    locale: "de-CH",
    teaser: "Need a time?",
    voice: true,
  });
});

test("malformed options take their defaults", () => {
  const data = { server: "javascript:alert(1)", title: " ", greeting: "", locale: "not a locale" };
  expect(readOptions(data, SCRIPT)).toEqual(DEFAULTS);
});

test.each([
  ["ar-EG", "rtl"],
  ["he", "rtl"],
  ["ur", "rtl"],
  ["az-Arab", "rtl"],
  ["de", "ltr"],
  ["az", "ltr"],
  [null, null],
])("%s is written %s", (locale, direction) => {
  expect(directionOf(locale)).toBe(direction);
});
