import { isObjectType } from "graphql";
import type { GraphQLEnumType } from "graphql";
import { describe, expect, test } from "vitest";

import { bulkDocument } from "#app/shopify/bulk/documents.ts";
import { webhookTopics } from "#app/shopify/webhooks/topics.ts";
import { isGranted } from "#simulator/schema/access-rules.ts";
import { loadSchema } from "#simulator/schema/load-schema.ts";
import { SCHEMA_SOURCE } from "#simulator/schema/schema-file.ts";
import { DEFAULT_SCOPES } from "#simulator/simulator-defaults.ts";

import { readAppToml } from "./read-app-toml.ts";

const toml = readAppToml();
const { schema, access } = loadSchema();
const topicsOfShopify = schema.getType("WebhookSubscriptionTopic") as GraphQLEnumType;
const required = new Set(toml.requiredScopes);
const all = new Set([...toml.requiredScopes, ...toml.optionalScopes]);

/** "customer.tags_added" is CUSTOMER_TAGS_ADDED, "orders/create" is ORDERS_CREATE. */
const enumName = (topic: string) => topic.toUpperCase().replace(/[/.]/g, "_");
const declared = toml.subscriptions.flatMap(({ topics }) => topics);

describe("shopify.app.toml", () => {
  test("speaks the API version that our schema is of", () => {
    expect(toml.apiVersion).toBe(SCHEMA_SOURCE.version);
  });

  test.each(declared)("declares a topic that Shopify has: %s", (topic) => {
    expect(topicsOfShopify.getValue(enumName(topic))).toBeDefined();
  });

  test.each(declared)("asks every shop for the scope without which %s never comes", (topic) => {
    const description = topicsOfShopify.getValue(enumName(topic))?.description ?? "";
    const sentence =
      /Requires (?:the|at least one of the following scopes:) (.*)$/s.exec(description)?.[1] ?? "";
    const anyOf = sentence.match(/\b(?:read|write)_\w+/g) ?? [];
    if (anyOf.length > 0) expect(anyOf.filter((scope) => required.has(scope))).not.toEqual([]);
  });

  test("declares the three compliance topics, and only those, as compliance", () => {
    expect(toml.subscriptions.flatMap(({ compliance_topics }) => compliance_topics).sort()).toEqual([
      "customers/data_request",
      "customers/redact",
      "shop/redact",
    ]);
  });

  test("sends each topic the code knows to its address, once", () => {
    const inCode = [...webhookTopics].map(([topic, { route }]) => ({
      topic,
      uri: `/api/webhooks/shopify/${route}`,
    }));
    const byTopic = (a: { topic: string }, b: { topic: string }) => a.topic.localeCompare(b.topic);
    expect(toml.topics.toSorted(byTopic)).toEqual(inCode.toSorted(byTopic));
  });

  test("installs without asking for anything to write", () => {
    expect(toml.requiredScopes.filter((scope) => !scope.startsWith("read_"))).toEqual([]);
    expect(toml.optionalScopes.filter((scope) => !scope.startsWith("write_"))).toEqual([]);
  });

  test("names each scope once, and none that Shopify does not have", () => {
    const scopesOfShopify = new Set<string>();
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        const returns = String(field.type).replace(/[[\]!]/g, "");
        for (const rule of access.forField(type.name, field.name, returns))
          for (const scope of rule.scopes) scopesOfShopify.add(scope);
      }
    }
    expect(toml.requiredScopes.length + toml.optionalScopes.length).toBe(all.size);
    expect([...all].filter((scope) => !scopesOfShopify.has(scope))).toEqual([]);
  });

  test("asks for nothing that the simulated store does not grant", () => {
    expect(toml.requiredScopes.filter((scope) => !DEFAULT_SCOPES.includes(scope))).toEqual([]);
  });

  test.each(["products", "customers", "orders", "fulfillment_orders"] as const)(
    "asks for enough to dump %s whole",
    (purpose) => {
      expect(bulkDocument(purpose, { scopes: toml.requiredScopes, window: null }).dropped).toEqual([]);
    },
  );

  test.each([
    "fulfillmentOrderMove",
    "fulfillmentCreate",
    "fulfillmentTrackingInfoUpdate",
    "fulfillmentEventCreate",
    "fulfillmentCancel",
    "orderCancel",
    "orderEditBegin",
    "orderEditCommit",
    "orderMarkAsPaid",
    "orderCreateManualPayment",
    "inventorySetQuantities",
  ])("offers the optional scope that %s needs", (mutation) => {
    const field = schema.getMutationType()?.getFields()[mutation];
    const returns = String(field?.type).replace(/[[\]!]/g, "");
    expect(field).toBeDefined();
    for (const rule of access.forField("Mutation", mutation, returns))
      expect(isGranted(rule, all)).toBe(true);
  });
});
