import type { BulkOperation } from "#simulator/bulk/bulk-operations.ts";

/**
 * The body of bulk_operations/finish: lower-case enum values, no url, no counts
 * (Shopify's docs, webhook topic bulk_operations/finish).
 */
export function finishPayload(operation: BulkOperation): Record<string, unknown> {
  return {
    admin_graphql_api_id: operation.id,
    completed_at: operation.completedAt,
    created_at: operation.createdAt,
    error_code: operation.errorCode?.toLowerCase() ?? null,
    status: operation.status.toLowerCase(),
    type: "query",
  };
}
