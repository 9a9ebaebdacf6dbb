const TOKEN = /^[\w-]{1,200}$/;

/**
 * The token of the mail's link by which this page was opened, taken out of the address bar so that it
 * is neither bookmarked nor passed on; null where there is none.
 */
export function takeMailLink(): string | null {
  const [name, token = ""] = location.hash.split("=", 2);
  if (name !== "#chat") return null;
  history.replaceState(history.state, "", location.pathname + location.search);
  return TOKEN.test(token) ? token : null;
}
