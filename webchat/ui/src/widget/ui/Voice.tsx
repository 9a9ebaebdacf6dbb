import { useEffect, useRef, useState } from "react";
import type { Entry } from "../conversation.ts";
import { voiceWords } from "../i18n/en.voice.ts";
import { hush, listen, say, staysHere } from "../speech.ts";
import css from "../voice.css?inline";
import { WORDS, worded } from "../words.ts";
import { Icon } from "./Icons.tsx";
import { sheetOf, useStyles } from "./later.ts";

const SAYS = worded(voiceWords);
const sheet = sheetOf(css);

function MicrophoneIcon() {
  return (
    <Icon>
      <path d="M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3ZM6 11.5a6 6 0 0 0 12 0M12 17.5v3" />
    </Icon>
  );
}

function SpeakerIcon() {
  return (
    <Icon>
      <path d="M4 9.5v5h3.5l4.5 4v-13l-4.5 4ZM15.5 9a4 4 0 0 1 0 6M18 6.5a7.5 7.5 0 0 1 0 11" />
    </Icon>
  );
}

/** `ask`: the reader has still to say that the browser's maker may hear them. */
type Phase = "idle" | "ask" | "listening" | "failed";

/** Speaking instead of typing: the words go into the message box, for the reader to send. */
function useListening(language: string, edit: (text: string) => void) {
  const [phase, setPhase] = useState<Phase>("idle");
  const agreed = useRef(false);
  const stop = useRef(() => {});
  const begin = async () => {
    try {
      const isLocal = await staysHere(language);
      if (!isLocal && !agreed.current) {
        setPhase("ask");
        return;
      }
      setPhase("listening");
      const onEnd = (failed: boolean) => setPhase(failed ? "failed" : "idle");
      stop.current = listen(language, isLocal, { onText: edit, onEnd });
    } catch {
      setPhase("failed");
    }
  };
  const agree = () => {
    agreed.current = true;
    void begin();
  };
  const toggle = () => (phase === "listening" ? stop.current() : void begin());
  useEffect(() => () => stop.current(), []);
  return { phase, toggle, agree, decline: () => setPhase("idle") };
}

type Listening = ReturnType<typeof useListening>;

function MicrophoneButton({ listening }: { listening: Listening }) {
  const isOn = listening.phase === "listening";
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={isOn ? SAYS.stopSpeaking : SAYS.speak}
      aria-pressed={isOn}
      onClick={listening.toggle}
    >
      <MicrophoneIcon />
    </button>
  );
}

/** What the reader has to know while they speak, or before they do. */
function VoiceNote({ listening }: { listening: Listening }) {
  const { phase, agree, decline } = listening;
  if (phase === "idle") return null;
  const words = { ask: SAYS.voiceNotice, listening: SAYS.listening, failed: SAYS.voiceFailed };
  return (
    <div className="voice-note" role="status">
      <p>{words[phase]}</p>
      {phase === "ask" ? (
        <>
          <button type="button" onClick={agree}>
            {SAYS.voiceYes}
          </button>
          <button type="button" onClick={decline}>
            {SAYS.voiceNo}
          </button>
        </>
      ) : null}
    </div>
  );
}

interface VoiceInputProps {
  readonly language: string;
  readonly edit: (text: string) => void;
}

/** Speaking instead of typing. */
export function VoiceInput({ language, edit }: VoiceInputProps) {
  const listening = useListening(language, edit);
  const frame = useRef<HTMLDivElement>(null);
  useStyles(() => frame.current, sheet);
  return (
    <div ref={frame}>
      <MicrophoneButton listening={listening} />
      <VoiceNote listening={listening} />
    </div>
  );
}

/** Reads answers aloud that come while it is switched on and the chat is open. */
export function ReadAloud({ log, open }: { log: readonly Entry[]; open: boolean }) {
  const [isOn, setOn] = useState(false);
  const heard = useRef(log.length);
  useEffect(() => {
    const fresh = log.slice(heard.current);
    heard.current = log.length;
    const text = fresh.map((entry) => (entry.kind === "text" ? entry.text : "")).join("\n");
    if (isOn && open && text.trim()) say(text, WORDS.language);
  }, [log, isOn, open]);
  useEffect(() => {
    if (isOn && !open) hush();
  }, [isOn, open]);
  const toggle = () => {
    if (isOn) hush();
    setOn(!isOn);
  };
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={isOn ? SAYS.stopReading : SAYS.readAloud}
      aria-pressed={isOn}
      onClick={toggle}
    >
      <SpeakerIcon />
    </button>
  );
}
