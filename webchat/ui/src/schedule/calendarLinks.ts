/** An appointment as other calendars take it. */
export interface Entry {
  readonly title: string;
  /** ISO 8601 UTC. */
  readonly start: string;
  readonly end: string;
  readonly description: string;
}

/** `2026-12-01T09:30:00Z` as `20261201T093000Z`. */
function compact(instant: string): string {
  return new Date(instant).toISOString().replace(/[-:]|\.\d{3}/g, "");
}

/** Where Google's calendar takes the entry; nothing is sent before the link is followed. */
export function googleAddress({ title, start, end, description }: Entry): string {
  const query = new URLSearchParams({
    action: "TEMPLATE",
    text: title,
    dates: `${compact(start)}/${compact(end)}`,
    details: description,
  });
  return `https://calendar.google.com/calendar/render?${query}`;
}

/** Where Outlook's calendar takes the entry. */
export function outlookAddress({ title, start, end, description }: Entry): string {
  const query = new URLSearchParams({
    path: "/calendar/action/compose",
    rru: "addevent",
    subject: title,
    startdt: new Date(start).toISOString(),
    enddt: new Date(end).toISOString(),
    body: description,
  });
  return `https://outlook.live.com/calendar/0/deeplink/compose?${query}`;
}
