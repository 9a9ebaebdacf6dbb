import { useMutation, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "../../shared/problem.ts";
import { retryDelivery } from "../api.ts";
import { useDesk } from "../desk.ts";
import type { Delivery } from "../values.ts";
import { momentText } from "../words.ts";

const LOOKS = {
  waiting: "badge badge-quiet",
  accepted: "badge",
  failed: "badge badge-danger",
};
const WORDS = { waiting: "Waiting", accepted: "Sent", failed: "Failed" };

function Retry({ delivery }: { delivery: Delivery }) {
  const client = useQueryClient();
  const { say } = useDesk();
  const retry = useMutation({
    mutationFn: () => retryDelivery(delivery.id),
    onSuccess: () => say({ text: `It is sent to ${delivery.to} once more.` }),
    onError: (error) => say({ text: problemOf(error).message, isTrouble: true }),
    onSettled: () => client.invalidateQueries({ queryKey: ["desk"] }),
  });
  return (
    <button
      type="button"
      className="button button-quiet mt-2"
      aria-label={`Send again: ${delivery.what} to ${delivery.to}`}
      disabled={retry.isPending}
      onClick={() => retry.mutate()}
    >
      Send again
    </button>
  );
}

/** What was mailed about a booking, to whom, and whether it went out. */
export function Deliveries({ deliveries }: { readonly deliveries: readonly Delivery[] }) {
  const { offsets, locale } = useDesk();
  if (deliveries.length === 0) return null;
  return (
    <section aria-labelledby="deliveries">
      <h3 id="deliveries" className="mb-1 text-[15px] font-semibold">
        Mails
      </h3>
      <ul>
        {deliveries.map((delivery) => (
          <li key={delivery.id} className="border-b border-line py-3 last:border-0">
            <p className="flex items-baseline justify-between gap-3">
              <span className="min-w-0 font-medium">{delivery.what}</span>
              <span className={LOOKS[delivery.state]}>{WORDS[delivery.state]}</span>
            </p>
            <p className="mt-0.5 text-sm break-words text-muted">
              {delivery.to}, {momentText(delivery.at, offsets, locale)}
            </p>
            {delivery.state === "failed" ? (
              <p className="mt-1 text-sm text-danger">{delivery.sentence}</p>
            ) : null}
            {delivery.can_retry ? <Retry delivery={delivery} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
