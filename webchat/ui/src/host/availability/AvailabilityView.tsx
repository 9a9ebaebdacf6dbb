import { useDesk } from "../desk.ts";
import { Page } from "../parts/Page.tsx";
import { zoneText } from "../words.ts";
import { ExtraHoursCard } from "./ExtraHoursCard.tsx";
import { FeedCard } from "./FeedCard.tsx";
import { HolidaysCard } from "./HolidaysCard.tsx";
import { HoursCard } from "./HoursCard.tsx";
import { TimeOffCard } from "./TimeOffCard.tsx";

/** When a person can be booked: weekly hours, exceptions both ways, holidays. */
export default function AvailabilityView() {
  const { person } = useDesk();
  return (
    <Page
      title="Availability"
      aside={<p className="text-sm text-muted">All times in {zoneText(person.zone)}</p>}
    >
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_minmax(0,420px)]">
        <HoursCard />
        <div className="flex flex-col gap-6">
          <TimeOffCard />
          <ExtraHoursCard />
          <HolidaysCard />
          <FeedCard />
        </div>
      </div>
    </Page>
  );
}
