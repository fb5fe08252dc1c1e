import { useCallback, useEffect, useRef, useState } from "preact/hooks";

import type { OrderSyncStatus } from "#app/routes/api/order-sync-schema.ts";

import { askApp, type Refusal } from "./ask-app.ts";

export type Seen =
  | { is: "loading" }
  | { is: "known"; status: OrderSyncStatus }
  /** Neither ERP nor cache have heard of it. */
  | { is: "unknown" }
  | { is: "unclear"; refusal: Refusal };

type Fetched = { orders: { outcome: "created" | "updated" | "unchanged" | "failed" | "waiting" }[] };

const LOOK_AGAIN_MS = 2_000;
/** For two minutes; an order that waits longer waits for something else than a worker's turn. */
const LOOKS = 60;

/** How one order stands: asked at once, again while the ERP is at it, and whenever somebody wants it fetched anew. */
export function useOrderSync(orderId: string) {
  const [seen, setSeen] = useState<Seen>({ is: "loading" });
  const [isSyncing, setSyncing] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const looksRef = useRef(0);
  const askedRef = useRef(0);

  const look = useCallback(async () => {
    const turn = ++askedRef.current;
    const answer = await askApp<OrderSyncStatus>(`/api/orders/${orderId}/sync-status`);
    // A later question has its own answer.
    if (turn !== askedRef.current) return;
    if (answer.ok) setSeen({ is: "known", status: answer.data });
    else if (answer.refusal.code === "NOT_FOUND") setSeen({ is: "unknown" });
    else setSeen({ is: "unclear", refusal: answer.refusal });
  }, [orderId]);

  const lookAnew = useCallback(async () => {
    looksRef.current = 0;
    setSeen({ is: "loading" });
    await look();
  }, [look]);

  useEffect(() => {
    void lookAnew();
  }, [lookAnew]);

  useEffect(() => {
    const isPending = seen.is === "known" && seen.status.state === "pending";
    if (!isPending || isSyncing || looksRef.current >= LOOKS) return;
    const timer = setTimeout(() => {
      looksRef.current++;
      void look();
    }, LOOK_AGAIN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [seen, isSyncing, look]);

  const syncAgain = useCallback(async () => {
    setSyncing(true);
    setRefusal(null);
    setDone(null);
    looksRef.current = 0;
    const answer = await askApp<Fetched>("/api/shopify/orders/fetch", { id: orderId });
    if (answer.ok) setDone(outcomeWords[answer.data.orders[0]?.outcome ?? "waiting"]);
    else setRefusal(answer.refusal);
    await look();
    setSyncing(false);
  }, [orderId, look]);

  return { seen, isSyncing, refusal, done, lookAnew, syncAgain };
}

/** What fails or waits is said by the order's state. */
const outcomeWords = {
  created: "Fetched from Shopify: the order is in the ERP now.",
  updated: "Fetched from Shopify: the ERP is up to date now.",
  unchanged: "Fetched from Shopify: nothing has changed.",
  failed: null,
  waiting: null,
} as const;
