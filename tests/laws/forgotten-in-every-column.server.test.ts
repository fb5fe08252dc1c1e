/**
 * Law 12 is proven by a person in every column that can hold one. A column that is new is in neither of the lists: bring the
 * person into it (`makeKnownEverywhere`), see that they are forgotten there, or say here why it holds nobody.
 */
import type { Pool } from "pg";
import { expect } from "vitest";
import { textsOf, zubeida } from "#tests/fixtures/a-person.ts";
import { makeKnownEverywhere } from "#tests/fixtures/a-shop-that-knows.ts";
import { columnsThatHold } from "#tests/fixtures/every-text.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";

/** Columns that can hold a text and hold none of a shop's customers, by the reason why: `Table: columns`, a line each. */
const HOLDS_NOBODY: Readonly<Record<string, string>> = {
  "ids, Shopify's and ours: a person's own go with them or stand in what must know whom to forget": `
    ApiKey: shop id
    AuditLog: shop
    Certificate: shop id
    ChangeFeed: shop entityId ids
    Customer: shop id mergedIntoId shopifyCustomerId
    DailyProof: shop differing missing
    ErpFact: shop parcelId shopifyLineId shopifyOrderId
    ErpStock: shop locationId skuId
    FeedState: shop database epoch
    IdempotentAnswer: shop idempotencyKey
    Order: shop customerId locationId shopifyCustomerId shopifyOrderId
    OrderCharge: shop shopifyLineId shopifyOrderId
    OrderLine: shop exchangeReturnId lineItemGroupId shopifyLineId shopifyOrderId shopifyProductId shopifyVariantId skuId
    OrderPayment: shop parentTransactionId shopifyOrderId shopifyTransactionId
    Outbox: shop entityId id idempotencyKey
    Parcel: shop id locationId shopifyFulfillmentId shopifyOrderId
    ParcelLine: shop parcelId shopifyLineId shopifyOrderId
    PrivacyRequest: shop customerId id requestId
    Product: shop id shopifyProductId shopifyProductIds
    ProductProposal: shop productId shopifyProductId
    RedactionTombstone: shop id
    Remittance: shop id parts
    ReturnCase: shop id lines parcelId shopifyOrderId shopifyReturnId
    SchedulerState: shop lastJobId
    ShopifyBulkBatch: shop operationId
    ShopifyBulkOperation: shop id jobId
    ShopifyCacheSlot: shop id
    ShopifyCustomerCache: shop id
    ShopifyFetchRequest: shop id
    ShopifyFulfillmentOrderCache: shop id orderId
    ShopifyInventoryCache: shop id shopifyInventoryItemId shopifyLocationId skuId
    ShopifyLocation: shop id
    ShopifyMissedUpdate: shop id
    ShopifyOrderCache: shop id movedFulfillments
    ShopifyPayloadHistory: shop id
    ShopifyProductCache: shop id
    ShopifyRateLimit: shop
    Sku: shop id productId shopifyInventoryItemId shopifyVariantId variationId
    SkuMapping: shop shopifyVariantId skuId
    SyncJob: shop id idempotencyKey
    SyncJobLog: shop jobId
    Variation: shop id productId shopifySourceProductId
    WebhookDelivery: shop eventId recordId webhookId
    WriteBackPreview: shop id`,
  "kinds, states, codes, currencies, hashes and queries: words of the app's own or of Shopify's lists": `
    AuditLog: action
    Certificate: contentHash figures kind previousHash
    ChangeFeed: change entity parts
    Customer: currency state
    DailyProof: currency timeZone
    ErpFact: kind
    IdempotentAnswer: requestHash
    Order: cancelReason currency financialStatus fulfillmentStatus outputHash paymentMethod presentmentCurrency returnStatus
    Order: source status unknownValues
    OrderCharge: kind
    OrderLine: lineStatus
    OrderPayment: kind status
    Outbox: entity errorCode kind status
    Parcel: origin state
    PrivacyRequest: counts kind
    ProductProposal: reason status
    RedactionTombstone: kind
    Remittance: problem status
    ReturnCase: kind openedBy state
    SchedulerState: schedule
    ShopifyBulkBatch: layout
    ShopifyBulkOperation: errorCode partialDataUrl purpose query status url
    ShopifyCacheSlot: contentHash kind shape source
    ShopifyCustomerCache: contentHash errorCode needsFetch rawShape source untold
    ShopifyFetchRequest: kind
    ShopifyFulfillmentOrderCache: contentHash rawShape source
    ShopifyInventoryCache: contentHash errorCode needsFetch rawShape source untold
    ShopifyMissedUpdate: kind
    ShopifyOrderCache: contentHash errorCode financialStatus fulfillmentStatus needsFetch paymentMethod rawShape source untold
    ShopifyPayloadHistory: contentHash kind shape source
    ShopifyProductCache: contentHash errorCode needsFetch rawShape source untold
    SyncJob: errorCode jobType status wish
    SyncJobLog: level
    WebhookDelivery: apiVersion contentHash errorCode kind outcome topic
    WriteBackPreview: figures kind`,
  "numbers of papers, and who carries or collects": `
    DailyProof: told
    Order: gateways orderNumber unknownGateways
    OrderLine: awbNumber courier
    OrderPayment: gateway
    Parcel: awbNumber courier name
    Remittance: awbKey awbNumber
    ReturnCase: name
    ShopifyOrderCache: gatewaysSeen orderNumber`,
  "the merchant's goods and places": `
    OrderLine: skuCode
    Product: description handle name productType status tags vendor
    ShopifyInventoryCache: rawData
    ShopifyLocation: name
    ShopifyProductCache: handle rawData title
    Sku: barcode options size skuCode title
    Variation: axis name`,
  "the merchant, and the merchant's own people": `
    ApiKey: createdBy keyHash name prefix scopes
    AuditLog: actor
    ErpFact: actor
    IdempotentAnswer: caller
    Outbox: actor
    ProductProposal: decidedBy
    Remittance: createdBy settledBy
    Session: accessToken email firstName id lastName locale refreshToken scope shop state
    Shop: currency locale name scopes settings settingsToFollow shop timeZone
    SkuMapping: createdBy
    SyncJob: requestedBy
    WriteBackPreview: actor`,
  "of Prisma's migrations": `
    _prisma_migrations: checksum id logs migration_name`,
};

/** Numbers, times and yes or no. Any other type can hold a text. */
const HOLDS_NO_TEXT = [
  ...["boolean", "smallint", "integer", "bigint", "numeric", "double precision"],
  ...["date", "timestamp with time zone"],
];

async function columnsOfText(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
     WHERE table_schema = current_schema() AND data_type <> ALL($1)`,
    [HOLDS_NO_TEXT],
  );
  return rows.map(({ name }) => name).toSorted();
}

function listed(): string[] {
  const lines = Object.values(HOLDS_NOBODY).flatMap((group) => group.trim().split("\n"));
  return lines.flatMap((line) => {
    const [table = "", columns = ""] = line.trim().split(": ");
    return columns.split(" ").map((column) => `${table}.${column}`);
  });
}

test("every column that can hold a text holds the person of law 12, or is on the list of those that hold nobody", async ({
  database: { pool },
}) => {
  await makeKnownEverywhere(pool, "kurta-house.myshopify.com", zubeida);
  const held = await columnsThatHold(pool, textsOf(zubeida));
  expect([...held, ...listed()].toSorted()).toEqual(await columnsOfText(pool));
});
