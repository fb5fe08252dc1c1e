import { expect, test } from "vitest";
import { judgeAnswer } from "./graphql-answer.ts";

test.each([
  ["data", { data: { shop: null } }, "fine"],
  ["no data, no errors", {}, "fault"],
  ["THROTTLED", { errors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }] }, "throttled"],
  [
    "an internal error",
    { data: null, errors: [{ message: "Oops", extensions: { code: "INTERNAL_SERVER_ERROR" } }] },
    "fault",
  ],
])("%s: %#", (_name, answer, verdict) => {
  expect(judgeAnswer(answer)).toBe(verdict);
});

test("half an answer is none: a field that was denied counts though the rest came", () => {
  const denied = { message: "Access denied for customer field.", extensions: { code: "ACCESS_DENIED" } };
  expect(judgeAnswer({ data: { order: { customer: null } }, errors: [denied] })).toMatchObject({
    code: "SCOPE_MISSING",
    message: "Shopify: Access denied for customer field.",
  });
});

test("the same words are not said twice", () => {
  const error = {
    message: "Field 'x' doesn't exist on type 'Order'",
    extensions: { code: "undefinedField" },
  };
  expect(judgeAnswer({ errors: [error, error] })).toMatchObject({
    code: "SHOPIFY_REFUSED",
    message: `Shopify: ${error.message}`,
  });
});
