import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId } from "react";
import { problemOf } from "../../shared/problem.ts";
import { fetchFeed, renewFeed } from "../api.ts";
import { useDesk } from "../desk.ts";
import { Icon } from "../parts/Icons.tsx";
import { Card, Note } from "../parts/Page.tsx";

function Address({ url }: { url: string }) {
  const id = useId();
  const { say } = useDesk();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      say({ text: "Address copied." });
    } catch {
      say({
        text: "The browser does not allow that. Please mark the address and copy it.",
        isTrouble: true,
      });
    }
  };
  return (
    <div className="field">
      <label htmlFor={id}>Secret address</label>
      <div className="flex gap-2">
        <input id={id} readOnly value={url} onFocus={(event) => event.target.select()} />
        <button type="button" className="icon-button" aria-label="Copy the address" onClick={copy}>
          <Icon name="copy" />
        </button>
      </div>
    </div>
  );
}

/** The address by which a calendar program shows the bookings too; a new one ends the old. */
export function FeedCard() {
  const client = useQueryClient();
  const { person, say } = useDesk();
  const key = ["forms", "feed", person.handle];
  const { data, isError } = useQuery({ queryKey: key, queryFn: () => fetchFeed(person.handle) });
  const renewal = useMutation({
    mutationFn: () => renewFeed(person.handle),
    onSuccess: (feed) => client.setQueryData(key, feed),
    onError: (error) => say({ text: problemOf(error).message, isTrouble: true }),
  });
  return (
    <Card
      title="In your own calendar"
      note="Calendar programs that follow this address show your bookings. Whoever has it can read them."
    >
      {isError ? <Note>The address cannot be reached at the moment.</Note> : null}
      {data ? <Address url={data.url} /> : null}
      {data === undefined ? null : (
        <button
          type="button"
          className="button button-quiet self-start"
          disabled={renewal.isPending}
          onClick={() => renewal.mutate()}
        >
          {data ? "New address, ending this one" : "Make an address"}
        </button>
      )}
    </Card>
  );
}
