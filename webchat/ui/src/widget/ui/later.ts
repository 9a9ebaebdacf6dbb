import { useEffect, useState } from "react";

/** What is fetched when it is wanted; null until then, and where it cannot be had. */
export function useLater<Part>(fetchPart: () => Promise<Part>, isWanted: boolean): Part | null {
  const [part, setPart] = useState<{ readonly of: Part } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is fetched never changes, only whether it is wanted
  useEffect(() => {
    if (!isWanted || part) return;
    fetchPart().then(
      (of) => setPart({ of }),
      () => undefined,
    );
  }, [isWanted]);
  return part?.of ?? null;
}

/** Lets styles that came with a part count where the element stands; they are added once. */
export function useStyles(element: () => Element | null, sheet: () => CSSStyleSheet): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: an element never leaves its tree
  useEffect(() => {
    const root = element()?.getRootNode();
    if (!(root instanceof ShadowRoot) || root.adoptedStyleSheets.includes(sheet())) return;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet()];
  }, []);
}

/** The style sheet of a text, made when it is first asked for. */
export function sheetOf(css: string): () => CSSStyleSheet {
  let sheet: CSSStyleSheet | undefined;
  return () => {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
    }
    return sheet;
  };
}
