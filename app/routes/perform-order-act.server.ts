import { OrderAction } from "#app/erp/actions/order-action.ts";
import { performOrderAction } from "#app/erp/actions/perform-order-action.server.ts";
import { AppError } from "#app/lib/errors.ts";
import type { PageAnswer } from "#app/ui/page-answer.ts";

import type { PageRequest } from "./load-page.server.ts";

/**
 * Does what a person wants done with an order's goods, parcels, cases or holds.
 * @param asked the action as the page wrote it
 * @throws AppError VALIDATION naming the field; what the action itself throws
 */
export async function performOrderAct(
  { pool, shop, userId, now }: Pick<PageRequest, "pool" | "shop" | "userId" | "now">,
  orderId: string,
  asked: unknown,
): Promise<PageAnswer> {
  const action = OrderAction.safeParse(asked);
  if (!action.success) {
    const [issue] = action.error.issues;
    const field = issue?.path.join(".") ?? "";
    throw new AppError("VALIDATION", `${field || "The action"}: ${issue?.message ?? "not valid"}`);
  }
  const { words } = await performOrderAction(pool, {
    ...{ shop, orderId, action: action.data, actor: userId, now },
  });
  return { ok: true, message: words };
}
