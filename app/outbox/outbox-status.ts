/**
 * - waiting: not sent yet, or tried and to be tried again at `nextRetryAt`; of a kind that is off it waits until that is on
 * - sent: Shopify did it
 * - already: Shopify had it so, nothing was sent
 * - conflict: Shopify has something else than the ERP thought; a person or the shop's rule decides
 * - refused: Shopify said no for good
 * - dropped: a person decided that it is not to be sent
 */
export const outboxStatuses = ["waiting", "sent", "already", "conflict", "refused", "dropped"] as const;
export type OutboxStatus = (typeof outboxStatuses)[number];
