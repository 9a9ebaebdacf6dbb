const WRITTEN_LINKS = ["https:", "http:", "mailto:", "tel:"];

/** The address in full if its scheme is allowed, else null: `javascript:` and friends never become links. */
export function safeLink(
  address: string,
  schemes: readonly string[] = WRITTEN_LINKS,
): string | null {
  try {
    const url = new URL(address);
    return schemes.includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
