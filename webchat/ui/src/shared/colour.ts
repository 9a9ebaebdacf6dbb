/** Contrast arithmetic of WCAG 2.2 (relative luminance), for an accent colour the host page chooses. */

function channels(hex: string): number[] {
  return [1, 3, 5].map((place) => Number.parseInt(hex.slice(place, place + 2), 16));
}

function luminance(hex: string): number {
  const weights = [0.2126, 0.7152, 0.0722];
  return channels(hex).reduce((sum, channel, index) => {
    const share = channel / 255;
    const linear = share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    return sum + (weights[index] ?? 0) * linear;
  }, 0);
}

/** Contrast ratio of two `#rrggbb` colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [first, second] = [luminance(one) + 0.05, luminance(other) + 0.05];
  return Math.max(first, second) / Math.min(first, second);
}

/** `#rgb` or `#rrggbb` as `#rrggbb`; anything else is null. */
export function readColour(text: string | undefined): string | null {
  if (!text || !/^#([0-9a-f]{3}){1,2}$/i.test(text)) return null;
  return text.length === 4 ? text.replace(/\w/g, "$&$&") : text;
}

/** Black or white, whichever reads better on a `#rrggbb` colour; one of them always has 4.5:1. */
export function textOn(hex: string): string {
  return luminance(hex) > 0.179 ? "#000000" : "#ffffff";
}

function mixed(hex: string, towards: number, share: number): string {
  const parts = channels(hex).map((channel) => Math.round(channel + (towards - channel) * share));
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** More than the 4.5:1 asked for: the text also stands on the surface tinted with its own colour. */
const READABLE = 5.4;

/** The colour itself, or as little of black or white mixed in as makes it readable on a surface. */
export function readableOn(surface: string, hex: string): string {
  const towards = textOn(surface) === "#ffffff" ? 255 : 0;
  const shares = Array.from({ length: 21 }, (_, step) => step / 20);
  const enough = shares.find((share) => contrast(mixed(hex, towards, share), surface) >= READABLE);
  return mixed(hex, towards, enough ?? 1);
}
