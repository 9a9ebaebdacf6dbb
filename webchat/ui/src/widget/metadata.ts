import { browserZone } from "../shared/zones.ts";
import type { Metadata } from "./contract.ts";

/** Zone and language of the reader, and the page without query, which may hold secrets. */
export function readMetadata(locale: string | null): Metadata {
  return {
    timezone: browserZone(),
    locale: locale ?? navigator.language ?? "en",
    page: location.origin + location.pathname,
  };
}
