/** What draws bookings and times as cards: one part, fetched while the first messages are written. */
export { BookingCardView } from "./BookingCardView.tsx";
export { DayPicker } from "./DayPicker.tsx";
export { TimeCards } from "./TimeCards.tsx";
