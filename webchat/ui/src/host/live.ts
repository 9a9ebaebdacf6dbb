import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { listenForChanges } from "../schedule/live.ts";
import { addressOf } from "./api.ts";

/** Fetches what is shown again whenever anything was booked or changed, but not while a move is under way. */
export function useLiveDesk(): boolean {
  const client = useQueryClient();
  const [isLive, setLive] = useState(false);
  useEffect(() => {
    const refetch = () => {
      if (client.isMutating({ mutationKey: ["move"] }) === 0)
        void client.invalidateQueries({ queryKey: ["desk"] });
    };
    return listenForChanges(addressOf("changes"), refetch, setLive);
  }, [client]);
  return isLive;
}
