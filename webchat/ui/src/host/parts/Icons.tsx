import type { View } from "../place.ts";

const PATHS: Readonly<Record<string, string>> = {
  calendar: "M4.5 6.5h15v13h-15zM4.5 10.5h15M8.5 4v4M15.5 4v4M8 14h3M8 16.8h6",
  bookings: "M5 6.5h1M5 12h1M5 17.5h1M9.5 6.5H19M9.5 12H19M9.5 17.5H19",
  availability: "M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM12 8v4.2l2.8 1.8",
  types: "M5 5.5h6v6H5zM13 5.5h6v6h-6zM5 13.5h6v6H5zM16 13.5v6M13 16.5h6",
  analytics: "M4.5 19.5h15M7 16v-4M11 16V7.5M15 16v-6M19 16V5",
  left: "m14.5 6-6 6 6 6",
  right: "m9.5 6 6 6-6 6",
  close: "m6.5 6.5 11 11M17.5 6.5l-11 11",
  plus: "M12 5.5v13M5.5 12h13",
  bin: "M5 7.5h14M10 7V5h4v2M7 7.5l.8 11.5h8.4L17 7.5M10.3 11v4.8M13.7 11v4.8",
  search: "M10.8 5a5.8 5.8 0 1 0 0 11.6 5.8 5.8 0 0 0 0-11.6zM15 15l4.2 4.2",
  leave: "M13.5 5H6v14h7.5M10.5 12h9M16 8.5l3.5 3.5-3.5 3.5",
  copy: "M9 9h10v10H9zM15 9V5H5v10h4",
  download: "M12 5v10M8 11.5l4 4 4-4M5.5 19h13",
};

export type IconName =
  | View
  | "left"
  | "right"
  | "close"
  | "plus"
  | "bin"
  | "search"
  | "leave"
  | "copy"
  | "download";

/** A drawing beside or instead of a word; the word itself stands in the text or label. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className="flex-none"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
