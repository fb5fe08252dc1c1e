import type { Access } from "#app/routes/api/access.server.ts";
import type { Answer, Call, TestApi } from "./an-api.ts";

/** A request without its caller; made when the test runs, because ids are known then. */
export type CaseRequest = Pick<Call, "path" | "body" | "headers">;
type Made<T> = T | ((api: TestApi) => T | Promise<T>);

/** What every endpoint is tried with: good input, bad input, no permission, another shop's data (law 11). */
export type EndpointCase = {
  may: Access;
  good: Made<CaseRequest>;
  /** More than the schema about the good answer. */
  expectGood?: (answer: Answer, api: TestApi) => void | Promise<void>;
  /** Bad requests, each with its status and what its message must name; empty where the endpoint takes nothing at all. */
  bad: readonly (CaseRequest & { status: number; names: string | RegExp })[];
  /**
   * A request that names a record of the OTHER shop's: it is answered as if there were none (404). "listed": the good answer
   * lists, and no text of the other shop's may be in it. "own": the answer is of what this call itself made or started.
   */
  foreign: ((api: TestApi) => CaseRequest | Promise<CaseRequest>) | "listed" | "own";
};

/** Cases by operation id; each area has a file of its own. */
export type EndpointCases = Readonly<Record<string, EndpointCase>>;
