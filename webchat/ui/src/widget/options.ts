/** How the host page wants the chat: the data attributes of the script tag, read and checked. */
export interface Options {
  /** Base address of the API without a trailing slash. */
  readonly server: string;
  readonly title: string;
  /** First words of the chat, or null for the widget's own. */
  readonly greeting: string | null;
  /** BCP 47 tag, or null for the browser's. */
  readonly locale: string | null;
  /** Words that invite to the chat beside the launcher, or null for none. */
  readonly teaser: string | null;
  /** Whether the page offers to speak instead of writing, and to have answers read aloud. */
  readonly voice: boolean;
}

const DEFAULT_TITLE = "Appointments";

/** The address without query, fragment and trailing slash, or null when it is no web address. */
function baseAddress(text: string, base: string): string | null {
  try {
    const url = new URL(text, base);
    return /^https?:$/.test(url.protocol) ? (url.origin + url.pathname).replace(/\/+$/, "") : null;
  } catch {
    return null;
  }
}

function readLocale(text: string | undefined): string | null {
  try {
    return text ? (Intl.getCanonicalLocales(text)[0] ?? null) : null;
  } catch {
    return null;
  }
}

/**
 * Options from a script tag's data attributes; what is missing or malformed takes its default.
 * The server is the folder the script came from unless `data-server` names another.
 */
export function readOptions(data: DOMStringMap, script: string): Options {
  const { server, title, greeting, locale, teaser, voice } = data as Readonly<
    Record<string, string>
  >;
  return {
    server: baseAddress(server || ".", script) ?? baseAddress(".", script) ?? "",
    title: title?.trim() || DEFAULT_TITLE,
    greeting: greeting?.trim() || null,
    locale: readLocale(locale),
    teaser: teaser?.trim() || null,
    voice: (voice ?? "off") !== "off",
  };
}

/** The direction a language is written in; without a language the page's own holds. */
export function directionOf(locale: string | null): "ltr" | "rtl" | null {
  if (locale === null) return null;
  const { language, script } = new Intl.Locale(locale).maximize();
  const isRightToLeft = /^(Arab|Hebr|Thaa|Syrc|Nkoo|Adlm|Rohg)$/.test(script ?? "");
  return language && isRightToLeft ? "rtl" : "ltr";
}
