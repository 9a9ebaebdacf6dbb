/** Whether the browser can listen. */
export function canListen(): boolean {
  return "SpeechRecognition" in window || "webkitSpeechRecognition" in window;
}

/** Whether the browser can read aloud. */
export function canRead(): boolean {
  return "speechSynthesis" in window && "SpeechSynthesisUtterance" in window;
}
