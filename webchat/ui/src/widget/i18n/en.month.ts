/** What the month says, in English. */
export const monthWords = {
  days: "Days with free times",
  earlier: "Previous month",
  later: "Next month",
  looking: "Looking for free days…",
  noDays: "No free day in this month.",
  daysFailed: "The free days could not be loaded.",
  dayFree: "{day}, free times",
  dayTaken: "{day}, nothing free",
  askDay: "What is free on {day}?",
};
