import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";

import type { OutboxRow } from "#app/writeback/outbox-row.ts";

import { lookAgain } from "./look-again.ts";

const LOOK_EVERY_MS = 3_000;

/** While something that is shown is about to be sent, or is being sent, the page loads its own data again. */
export function useFollowSending(rows: readonly OutboxRow[]): void {
  useFollow(rows.some(({ standing }) => standing === "due" || standing === "sending"));
}

/** While something moves, the page loads its own data again. */
export function useFollow(isMoving: boolean): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!isMoving) return;
    return lookAgain(
      LOOK_EVERY_MS,
      () => {
        revalidate();
        return Promise.resolve();
      },
      () => undefined,
    );
  }, [isMoving, revalidate]);
}
