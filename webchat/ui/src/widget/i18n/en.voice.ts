/** What is said about speech, in English. */
export const voiceWords = {
  speak: "Speak",
  stopSpeaking: "Stop listening",
  listening: "Listening. What you say appears in the message box.",
  voiceNotice: "To understand you, your browser may send what you say to its maker.",
  voiceYes: "Speak",
  voiceNo: "Not now",
  voiceFailed: "I could not hear anything. Is the microphone allowed?",
  readAloud: "Read answers aloud",
  stopReading: "Stop reading aloud",
};
