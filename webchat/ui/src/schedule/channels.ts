/** How people can meet, by the names the API gives, as people say it. */
const NAMES: Readonly<Record<string, string>> = {
  in_person: "In person",
  phone: "By phone",
  zoom: "Video call (Zoom)",
  google_meet: "Video call (Google Meet)",
  jitsi: "Video call (Jitsi)",
};

/** The way of meeting in words; the name itself where there are none. */
export function channelText(channel: string): string {
  return NAMES[channel] ?? channel;
}
