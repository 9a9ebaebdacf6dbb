// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import type { Notice } from "../../../src/schedule/booking.ts";
import type { View } from "../../../src/schedule/data.ts";
import { StartList } from "../../../src/schedule/StartList.tsx";
import { browserOffsets } from "../../../src/shared/wall.ts";

const VIEW: View = {
  person: { handle: "eva", name: "Dr. Eva Meyer", zone: "Europe/Berlin", types: ["consultation"] },
  type: {
    handle: "consultation",
    name: "Consultation",
    minutes: 30,
    durations: [30, 45],
    channels: ["jitsi"],
  },
  minutes: 45,
  zone: "Europe/Berlin",
  mode: "week",
  today: "2026-11-24",
  thisWeek: "2026-11-23",
  week: "2026-11-30",
  day: "2026-11-30",
};

let slots: string[] = [];
const asked: URL[] = [];

function answer(given: string) {
  const address = new URL(given);
  asked.push(address);
  const [from, to] = ["from", "to"].map((name) => address.searchParams.get(name) ?? "");
  const within = slots.filter((start) => start >= `${from}` && start < `${to}`);
  return Promise.resolve(
    Response.json({ slots: within.map((start) => ({ start, end: start, people: ["eva"] })) }),
  );
}

function show(given: { notice?: Notice; view?: Partial<View> } = {}) {
  asked.length = 0;
  const [choose, onStart] = [vi.fn(), vi.fn()];
  vi.stubGlobal("fetch", answer);
  const client = new QueryClient();
  render(
    <QueryClientProvider client={client}>
      <StartList
        view={{ ...VIEW, ...given.view }}
        offsets={browserOffsets(VIEW.zone)}
        locale="en-GB"
        choose={choose}
        notice={given.notice ?? null}
        onStart={onStart}
      />
    </QueryClientProvider>,
  );
  return { choose, client, onStart };
}

afterEach(cleanup);

test("free starts are buttons under their day that speak day, zone and offset", async () => {
  slots = ["2026-12-01T09:30:00.000Z", "2026-12-02T08:00:00.000Z"];
  show();
  await screen.findByText("2 free starts this week");
  expect(screen.getAllByRole("heading", { level: 3 }).map((each) => each.textContent)).toEqual([
    "Tuesday 1 December",
    "Wednesday 2 December",
  ]);
  expect(
    screen.getByRole("button", { name: "10:30, Tuesday 1 December, Europe/Berlin time, UTC+1" }),
  ).toBeTruthy();
  expect(asked[0]?.searchParams.get("minutes")).toBe("45");
});

test("a tap asks for the start", async () => {
  slots = ["2026-12-01T09:30:00.000Z"];
  const { onStart } = show();
  await userEvent.setup().click(await screen.findByRole("button", { name: /^10:30/ }));
  expect(onStart).toHaveBeenCalledExactlyOnceWith("2026-12-01T09:30:00.000Z");
});

test("one day shows its own starts alone", async () => {
  slots = ["2026-12-01T09:30:00.000Z", "2026-12-02T08:00:00.000Z"];
  show({ view: { mode: "day", day: "2026-12-02" } });
  await screen.findByText("1 free start that day");
  expect(screen.getAllByRole("heading", { level: 3 }).map((each) => each.textContent)).toEqual([
    "Wednesday 2 December",
  ]);
});

test("what was lost is said, with free starts near it", async () => {
  slots = [];
  const notice = {
    text: "That time has just been taken.",
    nearest: ["2026-12-08T09:00:00Z", "2026-12-08T13:00:00Z"],
  };
  const { onStart } = show({ notice });
  expect(screen.getByRole("alert").textContent).toContain("That time has just been taken.");
  await userEvent.setup().click(screen.getByRole("button", { name: /^14:00, Tuesday 8 December/ }));
  expect(onStart).toHaveBeenCalledExactlyOnceWith("2026-12-08T13:00:00Z");
});

test("an empty week leads to the next one with a free start", async () => {
  slots = ["2026-12-09T09:30:00.000Z"];
  const { choose } = show();
  const next = await screen.findByRole("button", { name: "Next free day: Wednesday 9 December" });
  await userEvent.setup().click(next);
  expect(choose).toHaveBeenCalledExactlyOnceWith({ week: "2026-12-07", day: null });
});

test("a change of the times on the server is shown", async () => {
  slots = ["2026-12-01T09:30:00.000Z", "2026-12-01T10:30:00.000Z"];
  const { client } = show();
  await screen.findByText("2 free starts this week");
  slots = ["2026-12-01T10:30:00.000Z"];
  await client.invalidateQueries({ queryKey: ["times"] });
  await waitFor(() => expect(screen.getByText("1 free start this week")).toBeTruthy());
  expect(screen.queryByRole("button", { name: /^10:30/ })).toBeNull();
});
