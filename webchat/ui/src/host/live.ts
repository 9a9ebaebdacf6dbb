import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useChanges } from "../shared/live.ts";

/** Fetches what is shown again whenever anything was booked or changed, but not while a move is under way. */
export function useLiveDesk(): boolean {
  const client = useQueryClient();
  const refetch = useCallback(() => {
    if (client.isMutating({ mutationKey: ["move"] }) === 0)
      void client.invalidateQueries({ queryKey: ["desk"] });
  }, [client]);
  return useChanges(refetch);
}
