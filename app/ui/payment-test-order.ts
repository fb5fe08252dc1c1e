import type { PaymentFacts } from "#app/settings/determine-payment-method.ts";

/** What is typed into the test box. */
export type TestOrder = {
  /** One a line. */
  gateways: string;
  /** With commas. */
  tags: string;
  /** "Name: value", one a line. */
  attributes: string;
  paid: (typeof PAID_CHOICES)[number]["value"];
};

export const PAID_CHOICES = [
  { value: "PENDING", label: "Not paid yet" },
  { value: "PARTIALLY_PAID", label: "Partly paid" },
  { value: "AUTHORIZED", label: "Authorised, not captured" },
  { value: "PAID", label: "Paid in full" },
  { value: "free", label: "Free: nothing to pay" },
] as const;

export const TEST_ORDER: TestOrder = { gateways: "", tags: "", attributes: "", paid: "PENDING" };

/** The order that was typed, as the rules see one. */
export function readTestOrder({ gateways, tags, attributes, paid }: TestOrder): PaymentFacts {
  return {
    gatewaysSeen: parts(gateways, "\n"),
    financialStatus: paid === "free" ? "PAID" : paid,
    outstandingMinor: paid === "PENDING" || paid === "PARTIALLY_PAID" ? 100 : 0,
    nothingToPay: paid === "free",
    tags: parts(tags, ","),
    attributes: parts(attributes, "\n").map((line) => {
      const [name = "", ...value] = line.split(":");
      return { name: name.trim(), value: value.join(":").trim() };
    }),
    correction: null,
  };
}

const parts = (text: string, by: string) =>
  text
    .split(by)
    .map((part) => part.trim())
    .filter((part) => part !== "");
