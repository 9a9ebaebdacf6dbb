/** What a mailed link to the desk brings along. */
export interface Invitation {
  readonly email: string;
  readonly code: string;
}

/** The invitation in an address's fragment, as `#code=12345678&email=ann%40example.org`. */
export function readInvitation(fragment: string): Invitation | null {
  const values = new URLSearchParams(fragment.replace(/^#/, ""));
  const [code, email] = [values.get("code"), values.get("email")];
  return code && email ? { code, email } : null;
}

let taken: Invitation | null | undefined;

/** The invitation of this page's address, out of which it is taken, so that neither history nor a glance keeps it. */
export function takeInvitation(): Invitation | null {
  if (taken === undefined) {
    taken = readInvitation(location.hash);
    if (taken) history.replaceState(null, "", location.pathname + location.search);
  }
  return taken;
}
