import { useQueryClient } from "@tanstack/react-query";
import { object, string } from "yup";
import { TextAreaField } from "../../forms/Fields.tsx";
import { ServerForm } from "../../forms/ServerForm.tsx";
import { cancelBooking } from "../api.ts";
import { useDesk } from "../desk.ts";
import type { Booking } from "../values.ts";
import { guestName } from "../words.ts";

const REASON = object({ reason: string().max(500, "At most 500 characters, please.") });

/** Asks once more, and for a reason that the attendee is told. */
export function CancelForm({
  booking,
  onEnd,
}: {
  readonly booking: Booking;
  readonly onEnd: () => void;
}) {
  const client = useQueryClient();
  const { say } = useDesk();
  const name = guestName(booking);
  return (
    <ServerForm
      label="Cancel this booking"
      className="flex flex-col gap-4 rounded-2xl border border-line p-4"
      initial={{ reason: "" }}
      schema={REASON}
      send={async ({ reason }) => {
        await cancelBooking(booking, reason.trim());
        say({ text: `Cancelled. ${name} is told by mail.` });
        onEnd();
        await client.invalidateQueries({ queryKey: ["desk"] });
      }}
    >
      {({ isSending }) => (
        <>
          <TextAreaField name="reason" label={`Reason, told to ${name} (may stay empty)`} />
          <div className="flex flex-wrap gap-2.5">
            <button type="submit" className="button button-danger" disabled={isSending}>
              {isSending ? "Cancelling…" : "Cancel the booking"}
            </button>
            <button type="button" className="button button-text" onClick={onEnd}>
              Keep it
            </button>
          </div>
        </>
      )}
    </ServerForm>
  );
}
