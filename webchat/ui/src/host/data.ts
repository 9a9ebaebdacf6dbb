import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { Problem, problemOf } from "../shared/problem.ts";
import { statedOffsets } from "../shared/wall.ts";
import {
  fetchAnalytics,
  fetchBooking,
  fetchBookings,
  fetchCalendar,
  fetchMe,
  fetchSettings,
  fetchTypes,
  moveBooking,
} from "./api.ts";
import { type Days, windowOf } from "./clocks.ts";
import { useDesk } from "./desk.ts";
import { type Move, minutesOf, undoOf, withBooking, withMove } from "./moves.ts";
import type { Booking, DeskCalendar, DeskPerson } from "./values.ts";
import { guestName, whenText } from "./words.ts";

const CALENDARS = ["desk", "calendar"];

/** Who is signed in; null for nobody. */
export function useMe() {
  return useQuery({
    queryKey: ["me"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      try {
        return await fetchMe();
      } catch (error) {
        if (error instanceof Problem && error.status === 401) return null;
        throw error;
      }
    },
  });
}

/** The organisation's name and the server's clock, going on from the moment it was asked. */
export function useHouse() {
  return useQuery({
    queryKey: ["settings"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const { organisation, now } = await fetchSettings();
      const ahead = Date.parse(now) - Date.now();
      return { organisation, now: () => Date.now() + ahead };
    },
  });
}

/** Everything in a person's calendar on those days, with the offsets of the person's clocks. */
export function useCalendar(person: DeskPerson, days: Days) {
  return useQuery({
    queryKey: [...CALENDARS, person.handle, person.zone, days.first, days.end],
    placeholderData: keepPreviousData,
    queryFn: () => fetchCalendar(person.handle, person.zone, windowOf(days)),
  });
}

/** The offsets that a calendar states. */
export function offsetsOf(calendar: DeskCalendar, person: DeskPerson) {
  return statedOffsets(calendar.offsets, person.zone);
}

export function useBookings(person: DeskPerson, query: Record<string, string>) {
  return useInfiniteQuery({
    queryKey: ["desk", "bookings", person.handle, query],
    placeholderData: keepPreviousData,
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      fetchBookings(person.handle, pageParam ? { ...query, cursor: pageParam } : query),
    getNextPageParam: ({ next }) => next,
  });
}

export function useBooking(uid: string) {
  return useQuery({ queryKey: ["desk", "booking", uid], queryFn: () => fetchBooking(uid) });
}

export function useTypes() {
  return useQuery({ queryKey: ["desk", "types"], queryFn: fetchTypes });
}

export function useAnalytics(person: string, weeks: number) {
  return useQuery({
    queryKey: ["desk", "analytics", person, weeks],
    queryFn: () => fetchAnalytics(person, weeks),
  });
}

interface MoveRequest {
  readonly booking: Booking;
  readonly move: Move;
}

/** Moves a booking: seen at once, taken back when the server refuses, and undone by one tap. */
export function useMove() {
  const client = useQueryClient();
  const { say, askMove, offsets, locale } = useDesk();
  const mutation = useMutation({
    mutationKey: ["move"],
    mutationFn: ({ booking, move }: MoveRequest) => {
      const isLonger = move.minutes !== minutesOf(booking);
      return moveBooking(booking, {
        start: move.start,
        ...(isLonger ? { minutes: move.minutes } : {}),
      });
    },
    onMutate: async ({ move }) => {
      await client.cancelQueries({ queryKey: CALENDARS });
      const before = client.getQueriesData<DeskCalendar>({ queryKey: CALENDARS });
      client.setQueriesData<DeskCalendar>(
        { queryKey: CALENDARS },
        (old) => old && withMove(old, move),
      );
      return before;
    },
    onError: (error, { booking }, before) => {
      for (const [key, calendar] of before ?? []) client.setQueryData(key, calendar);
      const problem = problemOf(error);
      if (problem.code === "slot_unavailable") askMove(booking, problem);
      else say({ text: problem.message, isTrouble: true });
    },
    onSuccess: (now, { booking }) => {
      client.setQueriesData<DeskCalendar>(
        { queryKey: CALENDARS },
        (old) => old && withBooking(old, now),
      );
      const when = whenText(now, offsets, locale);
      say({
        text: `Moved to ${when}. ${guestName(booking)} is told by mail.`,
        undo: () => mutation.mutate({ booking: now, move: undoOf(booking) }),
      });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["desk"] }),
  });
  return mutation;
}
