import { expect, test, vi } from "vitest";
import { browserZone, canonicalZone, zoneChoices } from "../../../src/shared/zones.ts";

test.each([
  ["Asia/Calcutta", "Asia/Kolkata"],
  ["Europe/Kiev", "Europe/Kyiv"],
  ["Asia/Saigon", "Asia/Ho_Chi_Minh"],
  ["Asia/Katmandu", "Asia/Kathmandu"],
  ["Asia/Rangoon", "Asia/Yangon"],
  ["America/Godthab", "America/Nuuk"],
  ["America/Buenos_Aires", "America/Argentina/Buenos_Aires"],
  ["Europe/Berlin", "Europe/Berlin"],
])("%s is now called %s", (old, name) => {
  expect(canonicalZone(old)).toBe(name);
});

test("the choices hold no old name, no name twice, and UTC", () => {
  const zones = zoneChoices("Asia/Calcutta", "Europe/Berlin");
  expect(zones).toContain("Asia/Kolkata");
  expect(zones).toContain("UTC");
  expect(zones).not.toContain("Asia/Calcutta");
  expect(zones).not.toContain("Europe/Kiev");
  expect(new Set(zones).size).toBe(zones.length);
});

function reportZone(name: string | undefined) {
  const reported = { resolvedOptions: () => ({ timeZone: name }) } as Intl.DateTimeFormat;
  vi.spyOn(Intl, "DateTimeFormat").mockImplementation(function report() {
    return reported;
  } as unknown as typeof Intl.DateTimeFormat);
}

test("the browser's zone is told by its present name", () => {
  reportZone("Asia/Calcutta");
  expect(browserZone()).toBe("Asia/Kolkata");
});

test("a browser that knows no zone counts as UTC", () => {
  reportZone(undefined);
  expect(browserZone()).toBe("UTC");
});
