import css from "../card.css?inline";
import { sheetOf } from "./later.ts";

/** The style sheet of all cards. */
export const cardSheet = sheetOf(css);
