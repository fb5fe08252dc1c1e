import {
  BlockStack,
  Box,
  Button,
  Card,
  InlineGrid,
  InlineStack,
  Select,
  Text,
  TextField,
} from "@shopify/polaris";
import { useEffect, useMemo, useRef, useState } from "react";

import { defaultPaymentRules } from "#app/settings/default-payment-rules.ts";
import { findShadowedRules } from "#app/settings/find-shadowed-rules.ts";
import { normalisePaymentText } from "#app/settings/match-gateway.ts";

import { NothingHere } from "./nothing-here.tsx";
import { PaymentRuleRow, ruleButtonId, type RuleButton } from "./payment-rule-row.tsx";
import { ruleWords } from "./payment-rule-words.ts";
import {
  ruleKey,
  rulesOf,
  type DraftRule,
  type RulesAction,
  type RulesDraft,
} from "./payment-rules-draft.ts";
import { useFormat } from "./shop-format.tsx";

const SHOWN_AT_ONCE = 20;
const SHOW = [
  { value: "all", label: "All rules" },
  { value: "own", label: "Your own" },
  { value: "COD", label: "COD" },
  { value: "Prepaid", label: "Prepaid" },
  { value: "unreached", label: "Never reached" },
];
const defaults = new Set(defaultPaymentRules.map(ruleKey));

/** The list of rules from the top: found, moved, edited, deleted. Focus goes with the rule that moves. */
export function PaymentRulesCard({
  draft,
  onEdit,
  onWantsForm,
  onDefaults,
}: {
  draft: RulesDraft;
  onEdit: (action: RulesAction) => void;
  /** Wants the form of a rule, null for a new one. */
  onWantsForm: (rule: DraftRule | null) => void;
  onDefaults: () => void;
}) {
  const format = useFormat();
  const [search, setSearch] = useState("");
  const [show, setShow] = useState("all");
  const [most, setMost] = useState(SHOWN_AT_ONCE);
  const [said, setSaid] = useState("");
  const focusNext = useRef<string[]>([]);
  const { rules } = draft;
  const shadowed = useMemo(() => findShadowedRules(rulesOf(draft)), [draft]);
  const place = useMemo(() => new Map(rules.map(({ rule }, index) => [rule, index + 1])), [rules]);

  useEffect(() => {
    const ids = focusNext.current.splice(0);
    for (const id of ids) {
      const button = document.getElementById(id);
      // Polaris marks a button that cannot be pressed for assistive technology only.
      if (!button || button.getAttribute("aria-disabled") === "true") continue;
      button.focus();
      return;
    }
  }, [draft]);

  const wanted = normalisePaymentText(search);
  const found = rules.filter(
    ({ rule }) =>
      normalisePaymentText(ruleWords(rule)).includes(wanted) &&
      (show === "all" ||
        show === rule.method ||
        (show === "own" && !defaults.has(ruleKey(rule))) ||
        (show === "unreached" && shadowed.has(rule))),
  );
  const shown = found.slice(0, most);
  const noteOf = ({ rule }: DraftRule): string | null => {
    const above = shadowed.get(rule);
    if (above) return `Never reached: rule ${format.number(place.get(above) ?? 0)} answers first`;
    return defaults.has(ruleKey(rule)) ? null : "Your own";
  };

  const press = (index: number, button: RuleButton) => {
    const one = shown[index];
    if (!one) return;
    const [above, below] = [found[index - 1], found[index + 1]];
    if (button === "edit") onWantsForm(one);
    else if (button === "delete") {
      const next = below ?? above;
      focusNext.current = next ? [ruleButtonId(next.id, "delete")] : ["add-rule"];
      setSaid(`Deleted: ${ruleWords(one.rule)}`);
      onEdit({ do: "remove", id: one.id });
    } else {
      const to = button === "up" ? above : below;
      if (!to) return;
      const other = button === "up" ? "down" : "up";
      focusNext.current = [ruleButtonId(one.id, button), ruleButtonId(one.id, other)];
      setSaid(`${ruleWords(one.rule)}: moved to place ${format.number(place.get(to.rule) ?? 0)}`);
      onEdit({ do: "move", id: one.id, to: to.id });
    }
  };

  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="300">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h2" variant="headingMd">
              {`Rules (${format.number(rules.length)})`}
            </Text>
            <InlineStack gap="200">
              <Button onClick={onDefaults}>Use the defaults again</Button>
              <Button
                id="add-rule"
                onClick={() => {
                  onWantsForm(null);
                }}
              >
                Add a rule
              </Button>
            </InlineStack>
          </InlineStack>
          <Text as="p" tone="subdued">
            Tried from the top: the first rule that knows a gateway name decides about it. Any COD part makes
            the whole order COD. Rules on tags and attributes speak where no gateway is COD.
          </Text>
          <InlineGrid columns={{ xs: 1, sm: ["twoThirds", "oneThird"] }} gap="200">
            <TextField
              label="Find a rule"
              autoComplete="off"
              value={search}
              clearButton
              onClearButtonClick={() => {
                setSearch("");
              }}
              onChange={(text) => {
                setSearch(text);
                setMost(SHOWN_AT_ONCE);
              }}
            />
            <Select
              label="Show"
              options={SHOW}
              value={show}
              onChange={(value) => {
                setShow(value);
                setMost(SHOWN_AT_ONCE);
              }}
            />
          </InlineGrid>
        </BlockStack>
      </Box>
      <Text as="p" visuallyHidden>
        <span role="status">{said}</span>
      </Text>
      {shown.length === 0 ? (
        <NothingHere
          heading={rules.length === 0 ? "No rules" : "No rule is like that"}
          action={
            rules.length === 0
              ? { label: "Use the defaults", onAction: onDefaults }
              : {
                  label: "Show all rules",
                  onAction: () => {
                    setSearch("");
                    setShow("all");
                  },
                }
          }
        >
          {rules.length === 0
            ? "Every gateway name is unknown then, and every order that is not paid waits on hold."
            : "Change the words or what is shown."}
        </NothingHere>
      ) : (
        <ul style={{ listStyle: "none", margin: 0, padding: 0 }}>
          {shown.map((one, index) => (
            <PaymentRuleRow
              key={one.id}
              id={one.id}
              rule={one.rule}
              position={place.get(one.rule) ?? 0}
              note={noteOf(one)}
              isFirst={index === 0}
              isLast={index === found.length - 1}
              onButton={(button) => {
                press(index, button);
              }}
            />
          ))}
        </ul>
      )}
      {found.length > shown.length ? (
        <Box padding="400">
          <InlineStack gap="200" align="center" blockAlign="center">
            <Text as="span" tone="subdued">
              {`${format.number(shown.length)} of ${format.number(found.length)}`}
            </Text>
            <Button
              onClick={() => {
                setMost(most + 100);
              }}
            >
              Show more
            </Button>
          </InlineStack>
        </Box>
      ) : null}
    </Card>
  );
}
