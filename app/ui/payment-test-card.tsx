import { BlockStack, Box, Button, Card, InlineStack, Select, Text, TextField } from "@shopify/polaris";

import { explainPayment, type ExplainedName } from "#app/settings/explain-payment.ts";
import type { PaymentRule } from "#app/settings/settings-schema.ts";

import { ruleWords } from "./payment-rule-words.ts";
import { PAID_CHOICES, readTestOrder, TEST_ORDER, type TestOrder } from "./payment-test-order.ts";
import { StatusBadge } from "./status-badge.tsx";

const EXAMPLES = [
  { label: "Cash on Delivery (₹49 fee)", order: { gateways: "Cash on Delivery (₹49 fee)" } },
  { label: "Cashfree Payments", order: { gateways: "Cashfree Payments" } },
  {
    label: "Razorpay, rest by COD",
    order: { gateways: "Razorpay\nCash on Delivery (COD)", paid: "PARTIALLY_PAID" },
  },
  { label: "manual", order: { gateways: "manual" } },
] satisfies { label: string; order: Partial<TestOrder> }[];

/** Any order typed in, and what the rules as they stand on the page, saved or not, make of it. */
export function PaymentTestCard({
  rules,
  order,
  onChange,
}: {
  rules: readonly PaymentRule[];
  order: TestOrder;
  onChange: (order: TestOrder) => void;
}) {
  const set = (change: Partial<TestOrder>) => {
    onChange({ ...order, ...change });
  };
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Try the rules
        </Text>
        <InlineStack gap="100">
          {EXAMPLES.map(({ label, order: example }) => (
            <Button
              key={label}
              size="slim"
              onClick={() => {
                onChange({ ...TEST_ORDER, ...example });
              }}
            >
              {label}
            </Button>
          ))}
        </InlineStack>
        <TextField
          label="Gateway names, one a line"
          multiline={2}
          autoComplete="off"
          value={order.gateways}
          onChange={(gateways) => {
            set({ gateways });
          }}
        />
        <Select
          label="Payment"
          options={[...PAID_CHOICES]}
          value={order.paid}
          onChange={(paid) => {
            set({ paid: paid as TestOrder["paid"] });
          }}
        />
        <TextField
          label="Tags, with commas"
          autoComplete="off"
          value={order.tags}
          onChange={(tags) => {
            set({ tags });
          }}
        />
        <TextField
          label="Attributes, one a line"
          placeholder="Payment mode: Partial COD"
          multiline={2}
          autoComplete="off"
          value={order.attributes}
          onChange={(attributes) => {
            set({ attributes });
          }}
        />
        <div role="status">
          <Verdict rules={rules} order={order} />
        </div>
      </BlockStack>
    </Card>
  );
}

function Verdict({ rules, order }: { rules: readonly PaymentRule[]; order: TestOrder }) {
  const { verdict, names, marker, why } = explainPayment(readTestOrder(order), rules);
  return (
    <Box background="bg-surface-secondary" padding="300" borderRadius="200">
      <BlockStack gap="200">
        <InlineStack gap="200" blockAlign="center">
          <Text as="span" fontWeight="semibold">
            Such an order is
          </Text>
          <StatusBadge of="payment" status={verdict.paymentMethod} />
          {verdict.hold ? <StatusBadge of="order" status="on_hold" /> : null}
        </InlineStack>
        <Text as="p">{why}</Text>
        {names.map((name, index) => (
          <Text key={`${String(index)} ${name.name}`} as="p" tone="subdued" breakWord>
            {nameWords(name)}
          </Text>
        ))}
        {marker ? (
          <Text as="p" tone="subdued" breakWord>
            {`Tags and attributes: rule ${String(marker.position)}, ${ruleWords(marker.rule)} → ${marker.rule.method}`}
          </Text>
        ) : null}
      </BlockStack>
    </Box>
  );
}

function nameWords({ name, seenAs, match }: ExplainedName): string {
  const compared = `“${name}” is compared as “${seenAs}”`;
  if (match === null) return `${compared}: no rule knows it.`;
  return `${compared}: rule ${String(match.position)}, ${ruleWords(match.rule)} → ${match.rule.method}`;
}
