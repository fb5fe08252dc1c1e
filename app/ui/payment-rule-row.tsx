import { Box, Button, ButtonGroup, InlineStack, Text } from "@shopify/polaris";
import { ArrowDownIcon, ArrowUpIcon, DeleteIcon, EditIcon } from "@shopify/polaris-icons";

import type { PaymentRule } from "#app/settings/settings-schema.ts";

import { ruleWords } from "./payment-rule-words.ts";
import { useFormat } from "./shop-format.tsx";
import { StatusBadge } from "./status-badge.tsx";

export type RuleButton = "up" | "down" | "edit" | "delete";

/** The id of a rule's button, by which focus finds it after the list has changed. */
export const ruleButtonId = (id: number, button: RuleButton) => `rule-${String(id)}-${button}`;

/** One rule: its place, what it looks at, what it makes of the order, and its buttons. */
export function PaymentRuleRow({
  id,
  rule,
  position,
  note,
  isFirst,
  isLast,
  onButton,
}: {
  id: number;
  rule: PaymentRule;
  position: number;
  /** What else is to be said of it. */
  note: string | null;
  isFirst: boolean;
  isLast: boolean;
  onButton: (button: RuleButton) => void;
}) {
  const format = useFormat();
  const words = ruleWords(rule);
  const button = (
    which: RuleButton,
    label: string,
    icon: typeof EditIcon,
    { disabled = false, critical = false } = {},
  ) => (
    <Button
      id={ruleButtonId(id, which)}
      accessibilityLabel={`${label} rule ${format.number(position)}: ${words}`}
      icon={icon}
      variant="tertiary"
      tone={critical ? "critical" : undefined}
      disabled={disabled}
      onClick={() => {
        onButton(which);
      }}
    />
  );
  return (
    <Box
      as="li"
      paddingBlock="300"
      paddingInline="400"
      borderBlockStartWidth="025"
      borderColor="border-secondary"
    >
      <InlineStack gap="200" blockAlign="center" align="space-between">
        <InlineStack gap="200" blockAlign="start" wrap={false}>
          <Box minWidth="2rem">
            <Text as="span" tone="subdued" numeric>
              {format.number(position)}
            </Text>
          </Box>
          <InlineStack gap="200" blockAlign="center">
            <Text as="span" breakWord>
              {words}
            </Text>
            <StatusBadge of="payment" status={rule.method} />
            {note === null ? null : (
              <Text as="span" tone="subdued" variant="bodySm">
                {note}
              </Text>
            )}
          </InlineStack>
        </InlineStack>
        <ButtonGroup>
          {button("up", "Move up", ArrowUpIcon, { disabled: isFirst })}
          {button("down", "Move down", ArrowDownIcon, { disabled: isLast })}
          {button("edit", "Edit", EditIcon)}
          {button("delete", "Delete", DeleteIcon, { critical: true })}
        </ButtonGroup>
      </InlineStack>
    </Box>
  );
}
