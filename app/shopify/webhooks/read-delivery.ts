import { decodeBody } from "./decode-body.ts";
import type { WebhookEnvelope } from "./read-envelope.ts";
import { readNews } from "./read-news.ts";
import { readRecord } from "./read-record.ts";
import { webhookTopics } from "./topics.ts";
import type { WebhookDelivery } from "./webhook-delivery.ts";

const bulkGid = /^gid:\/\/shopify\/BulkOperation\/\d{1,19}$/;

/**
 * What a verified body is: a record for the cache, or bytes to keep, with the reason if it should have been one. Read when it
 * comes, and again by Retry, for another version of the app may understand what this one does not.
 */
export function readDelivery(
  envelope: WebhookEnvelope,
  body: Buffer,
  now: Date,
): { delivery: WebhookDelivery; bulkOperation: string | null } {
  const topic = webhookTopics.get(envelope.topic);
  const kind = topic?.kind ?? null;
  const kept = { ...envelope, body, kind, recordId: null, payload: null, isNews: false, now };
  const unreadable = (message: string) => ({
    delivery: { ...kept, problem: { code: "PAYLOAD_UNREADABLE" as const, message } },
    bulkOperation: null,
  });

  const decoded = decodeBody(body);
  if ("problem" in decoded) return unreadable(decoded.problem);
  if (topic?.carries === "record" && kind !== null) {
    const record = readRecord(kind, decoded.record);
    if ("problem" in record) return unreadable(record.problem);
    const payload = {
      ...record,
      shape: "rest" as const,
      raw: decoded.raw,
      triggeredAt: envelope.triggeredAt,
    };
    return { delivery: { ...kept, recordId: record.id, payload }, bulkOperation: null };
  }
  const news = topic === undefined ? null : readNews(envelope.topic, decoded.record);
  if (news !== null) {
    if ("problem" in news) return unreadable(news.problem);
    const about = news.asks === "fetch" ? { kind: news.kind, recordId: news.id } : {};
    return { delivery: { ...kept, ...about, isNews: true }, bulkOperation: null };
  }
  const gid = decoded.record["admin_graphql_api_id"];
  const finished =
    envelope.topic === "bulk_operations/finish" && typeof gid === "string" && bulkGid.test(gid);
  return { delivery: kept, bulkOperation: finished ? gid : null };
}
