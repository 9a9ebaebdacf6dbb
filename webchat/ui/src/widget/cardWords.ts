import { cardsWords } from "./i18n/en.cards.ts";
import { worded } from "./words.ts";

/** What the cards say on this page. */
export const SAYS = worded(cardsWords);
