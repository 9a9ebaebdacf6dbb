import { useDesk } from "../desk.ts";
import { momentText, whenText } from "../words.ts";
import { type TrailStep, throughText, whatText } from "./trail.ts";

/** What a step changed; nothing where its title has said it all. */
function Change({ step: { what, before, after } }: { step: TrailStep }) {
  const { offsets, locale } = useDesk();
  if (what === "moved" && before) {
    return (
      <p className="mt-0.5 text-sm tabular-nums">
        <s className="text-muted">{whenText(before, offsets, locale)}</s>
        <br />
        {whenText(after, offsets, locale)}
      </p>
    );
  }
  if (what === "guests" && before) {
    return (
      <p className="mt-0.5 text-sm tabular-nums">
        {before.guests} before, {after.guests} now
      </p>
    );
  }
  return null;
}

/** Who changed a booking, when and through what, the newest change first. */
export function Trail({ steps }: { readonly steps: readonly TrailStep[] }) {
  const { offsets, locale } = useDesk();
  return (
    <section aria-labelledby="trail">
      <h3 id="trail" className="mb-1 text-[15px] font-semibold">
        History
      </h3>
      <ol reversed>
        {[...steps].reverse().map((step) => (
          <li key={`${step.at} ${step.what}`} className="border-b border-line py-3 last:border-0">
            <p className="font-medium">{whatText(step.what)}</p>
            <p className="mt-0.5 text-sm break-words text-muted">
              {step.who}, {throughText(step.through)}, {momentText(step.at, offsets, locale)}
            </p>
            <Change step={step} />
          </li>
        ))}
      </ol>
    </section>
  );
}
