import { useMutation, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "../../shared/problem.ts";
import type { Stretch } from "../../shared/starts.ts";
import { useDesk } from "../desk.ts";
import { Icon } from "../parts/Icons.tsx";

interface Item extends Stretch {
  readonly id: string;
}

interface Props<Kept extends Item> {
  readonly items: readonly Kept[];
  readonly text: (item: Kept) => string;
  readonly note?: (item: Kept) => string | null | undefined;
  readonly remove: (id: string) => Promise<unknown>;
}

/** Stretches of time one below the other, each of which can be taken away. */
export function RangeList<Kept extends Item>({ items, text, note, remove }: Props<Kept>) {
  const client = useQueryClient();
  const { say } = useDesk();
  const removal = useMutation({
    mutationFn: ({ id }: Kept) => remove(id),
    onSuccess: (_, item) => say({ text: `Removed: ${text(item)}.` }),
    onError: (error) => say({ text: problemOf(error).message, isTrouble: true }),
    onSettled: () => client.invalidateQueries({ queryKey: ["desk"] }),
  });
  return (
    <ul className="range-list">
      {items.map((item) => (
        <li key={item.id} className="range">
          <span className="min-w-0 flex-1">
            <span className="block text-[15px] tabular-nums">{text(item)}</span>
            {note?.(item) ? <span className="block text-sm text-muted">{note(item)}</span> : null}
          </span>
          <button
            type="button"
            className="icon-button"
            aria-label={`Remove ${text(item)}`}
            disabled={removal.isPending}
            onClick={() => removal.mutate(item)}
          >
            <Icon name="bin" />
          </button>
        </li>
      ))}
    </ul>
  );
}
