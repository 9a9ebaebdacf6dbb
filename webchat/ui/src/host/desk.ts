import { createContext, useContext } from "react";
import type { Problem } from "../shared/problem.ts";
import type { Offsets } from "../shared/wall.ts";
import { dayAt } from "./clocks.ts";
import type { Go, Place } from "./place.ts";
import type { Booking, DeskPerson, Me } from "./values.ts";

/** Something said in passing at the foot of the page. */
export interface Saying {
  readonly text: string;
  readonly isTrouble?: boolean;
  readonly undo?: () => void;
}

/** What every part of the desk knows. */
export interface Desk {
  readonly me: Me;
  readonly person: DeskPerson;
  /** By which the person's clocks go. */
  readonly offsets: Offsets;
  readonly place: Place;
  readonly go: Go;
  readonly locale: string;
  /** The server's present instant. */
  readonly now: () => number;
  readonly say: (saying: Saying) => void;
  /** Opens the dialog that moves a booking; with the refusal, when another way has just failed. */
  readonly askMove: (booking: Booking, refusal?: Problem) => void;
  readonly isNarrow: boolean;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("outside of the desk");
  return desk;
}

/** The person's present day. */
export function todayOf({ now, offsets }: Pick<Desk, "now" | "offsets">): string {
  return dayAt(now(), offsets);
}
