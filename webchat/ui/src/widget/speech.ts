/** Speech in and out by the browser's own means (Web Speech API), fetched only where a page offers it. */

interface Heard {
  readonly results: ArrayLike<ArrayLike<{ readonly transcript: string }>>;
}

interface Recognition extends EventTarget {
  lang: string;
  interimResults: boolean;
  processLocally?: boolean;
  start(): void;
  stop(): void;
}

interface RecognitionKind {
  new (): Recognition;
  available?(wish: { langs: string[]; processLocally: boolean }): Promise<string>;
}

export interface Listener {
  onText(text: string): void;
  onEnd(failed: boolean): void;
}

function kind(): RecognitionKind | null {
  const known = window as unknown as Record<string, RecognitionKind | undefined>;
  return known["SpeechRecognition"] ?? known["webkitSpeechRecognition"] ?? null;
}

/** Whether what is said in the language can be understood without leaving this machine. */
export async function staysHere(language: string): Promise<boolean> {
  try {
    const wish = { langs: [language], processLocally: true };
    return (await kind()?.available?.(wish)) === "available";
  } catch {
    return false;
  }
}

/** Listens until the speaker pauses; what is returned stops it earlier. Nothing is ever sent by itself. */
export function listen(language: string, isLocal: boolean, listener: Listener): () => void {
  const Kind = kind();
  if (!Kind) {
    listener.onEnd(true);
    return () => undefined;
  }
  const recognition = new Kind();
  let failed = false;
  recognition.lang = language;
  recognition.interimResults = true;
  if (isLocal) recognition.processLocally = true;
  recognition.addEventListener("result", (event) => {
    const { results } = event as unknown as Heard;
    const words = Array.from(results, (result) => result[0]?.transcript ?? "");
    listener.onText(words.join(" ").replace(/\s+/g, " ").trim());
  });
  recognition.addEventListener("error", () => {
    failed = true;
  });
  recognition.addEventListener("end", () => listener.onEnd(failed));
  recognition.start();
  return () => recognition.stop();
}

/** Reads a text aloud in place of what is being read. */
export function say(text: string, language: string): void {
  speechSynthesis.cancel();
  const utterance = new SpeechSynthesisUtterance(text.replace(/[*_`#]/g, ""));
  utterance.lang = language;
  speechSynthesis.speak(utterance);
}

export function hush(): void {
  speechSynthesis.cancel();
}
