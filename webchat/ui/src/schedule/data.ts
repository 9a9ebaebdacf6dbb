import { useQuery } from "@tanstack/react-query";
import { freeSpans, groupByDay, type Span, spanOf } from "../shared/starts.ts";
import {
  addDays,
  browserOffsets,
  dayOf,
  mondayOf,
  type Offsets,
  startOfDay,
  statedOffsets,
  toWall,
} from "../shared/wall.ts";
import { browserZone } from "../shared/zones.ts";
import {
  type AppointmentType,
  fetchCalendar,
  fetchPeople,
  fetchSettings,
  fetchSlots,
  fetchTypes,
  type Person,
  type Settings,
} from "./api.ts";
import type { Choice, Mode } from "./choice.ts";

/** More than any zone is ahead of or behind UTC, in milliseconds. */
const ANY_OFFSET = 15 * 3600_000;
const SIXTY_DAYS = 60 * 24 * 3600_000;

/** Who and what can be booked, and the server's clock. */
export interface Basis {
  readonly settings: Settings;
  readonly people: readonly Person[];
  readonly types: readonly AppointmentType[];
  /** The server's present instant, going on from the moment it was asked. */
  readonly now: () => number;
}

export function useBasis() {
  return useQuery({
    queryKey: ["basis"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async (): Promise<Basis> => {
      const [settings, people, types] = await Promise.all([
        fetchSettings(),
        fetchPeople(),
        fetchTypes(),
      ]);
      const ahead = Date.parse(settings.now) - Date.now();
      return { settings, people, types, now: () => Date.now() + ahead };
    },
  });
}

/** The choice with every default filled in. */
export interface View {
  readonly person: Person;
  readonly type: AppointmentType;
  readonly minutes: number;
  readonly zone: string;
  readonly mode: Mode;
  readonly today: string;
  readonly thisWeek: string;
  readonly week: string;
  /** The day shown alone, if that is the mode. */
  readonly day: string;
}

/** What is shown for a choice, in the usual mode unless another is chosen; null when nobody can be booked. */
export function viewOf(choice: Choice, basis: Basis, usual: Mode = "week"): View | null {
  const { people, types, now } = basis;
  const person = people.find(({ handle }) => handle === choice.person) ?? people[0];
  const offered = types.filter(({ handle }) => person?.types.includes(handle));
  const type = offered.find(({ handle }) => handle === choice.type) ?? offered[0];
  if (!person || !type) return null;
  const minutes = type.durations.find((length) => length === choice.minutes) ?? type.minutes;
  const zone = choice.zone ?? browserZone();
  const today = dayOf(toWall(now(), browserOffsets(zone)));
  const thisWeek = mondayOf(today);
  const mode = choice.show ?? usual;
  const chosen = choice.week ?? thisWeek;
  const day = choice.day ?? (chosen === thisWeek ? today : chosen);
  const week = mode === "day" ? mondayOf(day) : chosen;
  return { person, type, minutes, zone, mode, today, thisWeek, week, day };
}

function windowOf(week: string) {
  return {
    from: new Date(startOfDay(week) - ANY_OFFSET).toISOString(),
    to: new Date(startOfDay(addDays(week, 7)) + ANY_OFFSET).toISOString(),
  };
}

function onWall(spans: readonly Span[], offsets: Offsets): Span[] {
  return spans.map(({ start, end }) => ({
    start: toWall(start, offsets),
    end: toWall(end, offsets),
  }));
}

/** A person's week by the reader's clocks: free and busy spans. */
export function useWeek({ person, zone, week }: View) {
  return useQuery({
    queryKey: ["times", "calendar", person.handle, zone, week],
    queryFn: async () => {
      const calendar = await fetchCalendar(person.handle, zone, windowOf(week));
      const offsets = statedOffsets(calendar.offsets, zone);
      const busy = calendar.busy.map(spanOf);
      return {
        offsets,
        free: onWall(freeSpans(calendar.open.map(spanOf), busy), offsets),
        busy: onWall(busy, offsets),
      };
    },
  });
}

/** The offsets around an instant in the reader's zone, as the server states them. */
export function useOffsetsAt(view: View, instant: string): Offsets {
  const own = browserOffsets(view.zone);
  const week = mondayOf(dayOf(toWall(Date.parse(instant), own)));
  return useWeek({ ...view, week }).data?.offsets ?? own;
}

/** The free starts shown, by the reader's day: those of the week, or of its one day. */
export function useStarts(view: View, offsets: Offsets | undefined) {
  const { person, type, minutes, zone, week, mode, day } = view;
  const [first, end] = mode === "day" ? [day, addDays(day, 1)] : [week, addDays(week, 7)];
  const query = useQuery({
    queryKey: ["times", "slots", person.handle, type.handle, minutes, week],
    queryFn: () => fetchSlots(person.handle, type.handle, minutes, windowOf(week)),
  });
  const days = query.data && groupByDay(query.data, offsets ?? browserOffsets(zone), first, end);
  return { days, isError: query.isError };
}

/** The Monday of the next week with a free start, asked only when `wanted`; null when there is none. */
export function useNextWeek(view: View, wanted: boolean) {
  const { person, type, minutes, zone, week } = view;
  return useQuery({
    enabled: wanted,
    queryKey: ["times", "next", person.handle, type.handle, minutes, zone, week],
    queryFn: async () => {
      const from = startOfDay(addDays(week, 7)) - ANY_OFFSET;
      const slots = await fetchSlots(person.handle, type.handle, minutes, {
        from: new Date(from).toISOString(),
        to: new Date(from + SIXTY_DAYS).toISOString(),
      });
      const offsets = browserOffsets(zone);
      const days = slots.map(({ start }) => dayOf(toWall(Date.parse(start), offsets)));
      return days.find((day) => day >= addDays(week, 7)) ?? null;
    },
  });
}
