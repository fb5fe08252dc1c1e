import type { FaultSwitch } from "#simulator/faults/fault-switch.ts";
import type { ActDone, LiveShop } from "#simulator/live/live-shop.ts";
import { performAct, type Act } from "#simulator/live/perform-act.ts";
import type { AdminSchema } from "#simulator/schema/load-schema.ts";
import type { Happening } from "#simulator/webhooks/happening.ts";
import { IdempotencyBook } from "./idempotency-book.ts";
import { JobBook } from "./job-book.ts";
import { OrderEdits } from "./order-edits.ts";

/** What the mutations of one shop share, from request to request. */
export type MutationDesk = {
  readonly shop: LiveShop;
  readonly faults: FaultSwitch;
  readonly jobs: JobBook;
  readonly edits: OrderEdits;
  readonly idempotency: IdempotencyBook;
  /** Lets an act happen and tells it. @throws RefusedAct */
  perform(act: Act): ActDone;
};

export type Args = Readonly<Record<string, unknown>>;

/** One mutation of a request. */
export type MutationCall = {
  desk: MutationDesk;
  /** The mutation's name, like `orderCancel`. */
  name: string;
  args: Args;
  granted: ReadonlySet<string>;
  admin: AdminSchema;
  /** The key of `@idempotent`; null without the directive. */
  idempotencyKey: string | null;
};

/** Answers a mutation by its payload, by the payload's GraphQL field names. */
export type Mutation = (call: MutationCall) => unknown;

export function createMutationDesk(
  shop: LiveShop,
  faults: FaultSwitch,
  tell: (happenings: readonly Happening[]) => void,
  jobDelayMs: number,
): MutationDesk {
  return {
    shop,
    faults,
    jobs: new JobBook(jobDelayMs),
    edits: new OrderEdits(),
    idempotency: new IdempotencyBook(() => shop.nowMs()),
    perform(act) {
      const done = performAct(shop, act);
      tell(done.happenings);
      return done;
    },
  };
}
