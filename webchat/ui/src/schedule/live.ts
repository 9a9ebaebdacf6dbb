import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useChanges } from "../shared/live.ts";

/** Fetches free times again whenever something was booked, moved or cancelled; true while listening. */
export function useLiveTimes(): boolean {
  const client = useQueryClient();
  const refetch = useCallback(() => {
    void client.invalidateQueries({ queryKey: ["times"] });
  }, [client]);
  return useChanges(refetch);
}
