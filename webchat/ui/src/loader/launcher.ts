import { readColour, textOn } from "../shared/colour.ts";
import css from "./launcher.css?inline";

const SVG = "http://www.w3.org/2000/svg";
/** A speech bubble with a tick: the answer to a request for an appointment. */
const ICON =
  "M12 3.5c-5 0-9 3.4-9 7.7 0 2.3 1.1 4.3 3 5.7v3.4l3.5-1.9c.8.2 1.6.3 2.5.3 5 0 9-3.3 9-7.5s-4-7.7-9-7.7Z" +
  "m-3.6 7.8 2.5 2.4 4.7-4.7";

function icon(): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICON);
  svg.append(path);
  return svg;
}

function makeButton(): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "launcher";
  button.setAttribute("aria-label", "Open chat");
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-expanded", "false");
  button.append(icon());
  return button;
}

/** The chat's element at the end of the page with its closed launcher; its styles need no `style-src`. */
export function makeLauncher(data: DOMStringMap): [ShadowRoot, HTMLButtonElement] {
  const host = document.createElement("appointment-chat");
  const launcher = makeButton();
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const colour = readColour(data["color"]);
  if (colour) {
    host.style.setProperty("--chosen", colour);
    host.style.setProperty("--on-chosen", textOn(colour));
  }
  host.dataset["theme"] = data["theme"] ?? "auto";
  const shadow = host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(launcher);
  document.body.append(host);
  return [shadow, launcher];
}
