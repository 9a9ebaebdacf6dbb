import { en } from "./i18n/en.ts";

let given: Readonly<Record<string, string>> = {};

/** What the chat itself says; the parts that are fetched later bring their own words. */
export let WORDS = en;

/** The words with those of the page in their place. */
export function worded<Words extends Readonly<Record<string, string>>>(words: Words): Words {
  return { ...words, ...given };
}

/** The page's words: a JSON object of the names in `i18n/`; what is no text is passed over. */
export function readWords(text: string | undefined): Readonly<Record<string, string>> {
  try {
    const all = Object.entries(JSON.parse(text ?? "{}") as Record<string, unknown>);
    const texts = all.filter((entry): entry is [string, string] => typeof entry[1] === "string");
    return Object.fromEntries(texts);
  } catch {
    return {};
  }
}

/** Has the widget speak with the page's words; called once, before anything is shown. */
export function speakWith(words: Readonly<Record<string, string>>): void {
  given = words;
  WORDS = worded(en);
}

/** The sentence with its values in place: `{name}` stands for one. */
export function filled(
  sentence: string,
  values: Readonly<Record<string, string | number>>,
): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
