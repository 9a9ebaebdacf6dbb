import { afterEach, expect, test, vi } from "vitest";
import { answered, apiOf } from "../../../src/shared/api/client.ts";
import { Problem } from "../../../src/shared/problem.ts";

afterEach(() => vi.unstubAllGlobals());

function serve(status: number, body: unknown) {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    asked.push(`${request.method} ${request.url}`);
    return new Response(JSON.stringify(body), { status });
  });
  return asked;
}

test("api_asks_below_the_path_of_its_page", async () => {
  const asked = serve(200, []);
  await answered(apiOf("https://example.org/practice/desk").GET("/api/types"));
  expect(asked).toEqual(["GET https://example.org/practice/api/types"]);
});

test("api_makes_a_problem_of_a_refusal", async () => {
  serve(401, { code: "signed_out", detail: "Please sign in." });
  const call = answered(apiOf("https://example.org/desk").GET("/api/desk/me"));
  await expect(call).rejects.toEqual(
    new Problem(401, { code: "signed_out", detail: "Please sign in." }),
  );
});
