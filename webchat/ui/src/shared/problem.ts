/** What the API answers when it refuses: `application/problem+json` (RFC 9457) with our code and faults by field. */
export interface ProblemBody {
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly code?: string;
  /** A sentence for each field that cannot be used. */
  readonly fields?: Readonly<Record<string, string>>;
  /** With `slot_unavailable`: free starts near the one that was asked for, ISO 8601 UTC. */
  readonly nearest?: readonly string[];
}

/** A refusal, or a server that cannot be reached (status 0). Its message is a sentence for the reader. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly nearest: readonly string[];

  constructor(status: number, body: ProblemBody = {}) {
    super(body.detail ?? body.title ?? "That did not work. Please try again.");
    this.status = status;
    this.code = body.code ?? (status === 0 ? "unreachable" : "failed");
    this.fields = body.fields ?? {};
    this.nearest = body.nearest ?? [];
  }
}

/** A problem of any failure; what is none of ours means that no answer came. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(0, { detail: "The server cannot be reached. Please try again." });
}

/** The problem that an answer states, whatever its body is. */
export async function readProblem(response: Response): Promise<Problem> {
  try {
    const body: unknown = await response.json();
    return new Problem(response.status, typeof body === "object" && body !== null ? body : {});
  } catch {
    return new Problem(response.status);
  }
}
