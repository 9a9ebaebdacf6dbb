import type { Booking } from "../values.ts";
import { standing } from "../words.ts";

const LOOKS = {
  Confirmed: "badge",
  Held: "badge badge-quiet",
  Cancelled: "badge badge-danger",
  "No-show": "badge badge-warning",
};

/** How a booking stands, in a word and a colour. */
export function Standing({ booking }: { readonly booking: Booking }) {
  const word = standing(booking);
  return <span className={LOOKS[word]}>{word}</span>;
}
