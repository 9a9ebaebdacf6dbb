import { textOn } from "../shared/colour.ts";

/** `#rgb` or `#rrggbb` as `#rrggbb`; anything else is null. */
export function readColour(text: string | undefined): string | null {
  if (!text || !/^#([0-9a-f]{3}){1,2}$/i.test(text)) return null;
  return text.length === 4 ? text.replace(/\w/g, "$&$&") : text;
}

/** Gives an element the colour of `data-color` with a text colour that reads well on it. */
export function applyColour(element: HTMLElement, text: string | undefined): void {
  const colour = readColour(text);
  if (!colour) return;
  element.style.setProperty("--chosen", colour);
  element.style.setProperty("--on-chosen", textOn(colour));
}
