// @vitest-environment jsdom
import { expect, test } from "vitest";
import { takeMailLink } from "../../../src/widget/mailLink.ts";

const TOKEN = "kJ8_-w".repeat(9);

test.each([
  [`/?from=mail#chat=${TOKEN}`, TOKEN, "/?from=mail"],
  ["/#chat=", null, "/"],
  ["/#chat=two%20words", null, "/"],
  [`/#chat=${"x".repeat(201)}`, null, "/"],
  ["/prices#chat", null, "/prices"],
  ["/#chatter=a", null, "/#chatter=a"],
  ["/#prices", null, "/#prices"],
  ["/", null, "/"],
])("%s is read, and nothing of it is left in the address bar", (address, token, left) => {
  history.replaceState({ kept: true }, "", address);
  expect(takeMailLink()).toBe(token);
  expect(location.pathname + location.search + location.hash).toBe(left);
  expect(history.state).toEqual({ kept: true });
});

test("a link is taken once", () => {
  history.replaceState(null, "", `/#chat=${TOKEN}`);
  expect([takeMailLink(), takeMailLink()]).toEqual([TOKEN, null]);
});
