import createClient, { type Middleware } from "openapi-fetch";
import { readProblem } from "../problem.ts";
import type { paths } from "./schema.d.ts";

/** Turns every refusal into a Problem, so that what comes back is an answer. */
const refusals: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw await readProblem(response);
  },
};

/** The API with its types; the page may lie below a path. */
export function apiOf(base: string) {
  const client = createClient<paths>({
    baseUrl: new URL(".", base).href.replace(/\/$/, ""),
    headers: { Accept: "application/json" },
  });
  client.use(refusals);
  return client;
}

/** What a call answers; with no content it is undefined, as its type says. */
export async function answered<Data>(call: Promise<{ data?: Data }>): Promise<Data> {
  return (await call).data as Data;
}
