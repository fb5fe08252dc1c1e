import type { AdminClient } from "../client/admin-client.server.ts";
import { throwUserErrors, type UserError } from "../client/user-errors.ts";

const cancel = `mutation BulkCancel($id: ID!) {
  bulkOperationCancel(id: $id) { bulkOperation { id status } userErrors { field message } }
}`;

/**
 * Asks Shopify to stop an operation of ours, so that its slot is free for others. Only ever called with an id
 * we started ourselves. Throws SHOPIFY_REFUSED when it is already over.
 */
export async function cancelBulkOperation(client: AdminClient, id: string): Promise<void> {
  const { data } = await client.graphql<{ bulkOperationCancel: { userErrors: UserError[] } }>(cancel, { id });
  throwUserErrors(data.bulkOperationCancel.userErrors);
}
