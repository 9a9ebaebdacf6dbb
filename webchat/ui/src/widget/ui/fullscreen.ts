import { type KeyboardEvent, type RefObject, useEffect, useState } from "react";

const PHONE = "(max-width: 480px), (max-height: 420px)";

/**
 * Whether the panel fills the screen. While it does, its height follows the part of the screen that the
 * on-screen keyboard leaves.
 */
export function useViewport(panel: RefObject<HTMLElement | null>, isOpen: boolean): boolean {
  const [isPhone, setPhone] = useState(() => matchMedia(PHONE).matches);
  useEffect(() => {
    const query = matchMedia(PHONE);
    const update = () => setPhone(query.matches);
    query.addEventListener("change", update);
    return () => query.removeEventListener("change", update);
  }, []);
  useEffect(() => {
    const viewport = window.visualViewport;
    if (!isPhone || !isOpen || !viewport) return;
    const follow = () => {
      panel.current?.style.setProperty("--visible-height", `${viewport.height}px`);
      panel.current?.style.setProperty("--visible-top", `${viewport.offsetTop}px`);
    };
    follow();
    viewport.addEventListener("resize", follow);
    viewport.addEventListener("scroll", follow);
    return () => {
      viewport.removeEventListener("resize", follow);
      viewport.removeEventListener("scroll", follow);
    };
  }, [isPhone, isOpen, panel]);
  return isPhone;
}

/** Tab goes round inside a panel that covers the page, so that the focus never lands behind it. */
export function keepTabInside(event: KeyboardEvent, panel: HTMLElement): void {
  if (event.key !== "Tab") return;
  const stops = [
    ...panel.querySelectorAll<HTMLElement>(
      "button:not(:disabled), a[href], textarea, [tabindex='0']",
    ),
  ];
  const root = panel.getRootNode() as ShadowRoot;
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  const isAtEdge = root.activeElement === edge || root.activeElement === panel;
  if (!isAtEdge || (root.activeElement === panel && !event.shiftKey)) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}
