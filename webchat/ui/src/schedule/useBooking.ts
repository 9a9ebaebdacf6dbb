import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { problemOf } from "../shared/problem.ts";
import {
  book,
  CHOOSING,
  type Details,
  giveBack,
  type Hold,
  holdOf,
  keep,
  keepLonger,
  type Notice,
  type Stage,
  type WantedTime,
} from "./booking.ts";
import { keepDetails, keepHold, recallDetails, recallHold } from "./memory.ts";

/** A time that was lost, said with what is free instead. */
function lost(error: unknown): Notice {
  const { code, message, nearest } = problemOf(error);
  const text = code === "slot_unavailable" ? "That time has just been taken." : message;
  return { text, nearest };
}

/** What can be done about a booking, and how far it has come. */
export interface Making {
  readonly stage: Stage;
  readonly details: Details;
  /** Keeps a start, in place of the one kept before. */
  readonly choose: (wanted: WantedTime) => Promise<void>;
  readonly review: (details: Details) => void;
  readonly change: () => void;
  readonly keepLonger: () => Promise<void>;
  /** Books what is kept; throws what keeps it from being booked while the time is still kept. */
  readonly confirm: (zone: string, locale: string) => Promise<void>;
  /** Gives the kept time back and shows the free ones. */
  readonly back: (notice?: Notice) => void;
}

/** One booking from a free start to the confirmed appointment. A reload of the page keeps it. */
export function useBooking(now: () => number): Making {
  const client = useQueryClient();
  const [stage, setStage] = useState<Stage>(() => {
    const hold = recallHold(now());
    return hold ? { step: "details", hold } : CHOOSING;
  });
  const [details, setDetails] = useState(recallDetails);
  const hold = holdOf(stage);
  useEffect(() => keepHold(hold), [hold]);
  const look = () => void client.invalidateQueries({ queryKey: ["times"] });
  const choosing = (notice: Notice | null) => {
    setStage({ step: "choosing", notice });
    look();
  };
  const onTo = (kept: Hold, step: "details" | "review") => setStage({ step, hold: kept });

  return {
    stage,
    details,
    choose: async (wanted) => {
      setStage({ step: "keeping", start: wanted.start });
      try {
        onTo(await keep(wanted, hold), "details");
        look();
      } catch (error) {
        if (hold) giveBack(hold);
        choosing(lost(error));
      }
    },
    review: (given) => {
      setDetails(given);
      keepDetails(given);
      if (hold) onTo(hold, "review");
    },
    change: () => {
      if (hold) onTo(hold, "details");
    },
    keepLonger: async () => {
      if (!hold) return;
      try {
        onTo(await keepLonger(hold), stage.step === "review" ? "review" : "details");
      } catch (error) {
        choosing(lost(error));
      }
    },
    confirm: async (zone, locale) => {
      if (!hold) return;
      try {
        setStage({ step: "booked", booked: await book(hold, details, zone, locale) });
        look();
      } catch (error) {
        const { code, fields } = problemOf(error);
        if (code === "slot_unavailable" || code === "hold_expired") choosing(lost(error));
        else if (Object.keys(fields).some((name) => name in details))
          setStage({ step: "details", hold, faults: fields });
        else throw error;
      }
    },
    back: (notice) => {
      if (hold) giveBack(hold);
      choosing(notice ?? null);
    },
  };
}
