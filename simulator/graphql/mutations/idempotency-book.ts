type Attempt = { print: string; atMs: number; state: "running" | "done" | "failed"; payload: unknown };

/** What a key says about a request: it is the first, or it was there before. */
export type Recall =
  | { kind: "first" }
  | { kind: "again"; payload: unknown }
  | { kind: "mismatch" }
  | { kind: "running" }
  | { kind: "failed" };

/** A key is known for a day (Shopify's docs, "Idempotent requests"). */
const DAY_MS = 86_400_000;

/** The keys of `@idempotent` and what became of their requests. */
export class IdempotencyBook {
  private readonly nowMs: () => number;
  private readonly attempts = new Map<string, Attempt>();

  constructor(nowMs: () => number) {
    this.nowMs = nowMs;
  }

  /** @param print the request: its mutation and its arguments. */
  begin(key: string, print: string): Recall {
    const known = this.attempts.get(key);
    if (known === undefined || this.nowMs() - known.atMs > DAY_MS) {
      this.attempts.set(key, { print, atMs: this.nowMs(), state: "running", payload: null });
      return { kind: "first" };
    }
    if (known.print !== print) return { kind: "mismatch" };
    if (known.state === "running") return { kind: "running" };
    return known.state === "failed" ? { kind: "failed" } : { kind: "again", payload: known.payload };
  }

  /** Keeps the answer; `failed`: the request changed nothing, and its key is used up. */
  end(key: string, state: "done" | "failed", payload: unknown): void {
    const attempt = this.attempts.get(key);
    if (attempt) Object.assign(attempt, { state, payload });
  }

  forget(key: string): void {
    this.attempts.delete(key);
  }
}
