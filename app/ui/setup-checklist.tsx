import {
  Badge,
  BlockStack,
  Box,
  Button,
  Card,
  Collapsible,
  Icon,
  InlineStack,
  ProgressBar,
  Text,
} from "@shopify/polaris";
import { CheckCircleIcon, MinusCircleIcon } from "@shopify/polaris-icons";
import { useState } from "react";

import { HomeActionButton, type Sending } from "./home-action-button.tsx";
import type { SetupStep, SetupSteps } from "./setup-steps.ts";
import { useFormat } from "./shop-format.tsx";

/**
 * The first set-up, step by step; each ticks itself off once the database knows that it is done. Open until the shop works, then
 * closed to one line while something optional is left, and gone when nothing is.
 */
export function SetupChecklist({ setup, state }: { setup: SetupSteps; state: Sending }) {
  const format = useFormat();
  const { steps, done, works, isRestOptional } = setup;
  const [chosen, setChosen] = useState<boolean | null>(null);
  if (done === steps.length) return null;
  const isOpen = chosen ?? !works;
  // The button of what comes next stands out.
  const next = steps.find((step) => !step.done && step.action !== null);
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="200">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h2" variant="headingMd">
              Initial set-up
            </Text>
            <Button
              variant="plain"
              disclosure={isOpen ? "up" : "down"}
              ariaControls="setup-steps"
              ariaExpanded={isOpen}
              onClick={() => {
                setChosen(!isOpen);
              }}
            >
              {isOpen ? "Hide the steps" : "Show the steps"}
            </Button>
          </InlineStack>
          <Text as="p" tone="subdued" id="setup-progress">
            {`${format.number(done)} of ${format.number(steps.length)} done${leftWords({ works, isRestOptional })}`}
          </Text>
          <ProgressBar
            progress={Math.round((done / steps.length) * 100)}
            size="small"
            tone="primary"
            ariaLabelledBy="setup-progress"
          />
        </BlockStack>
        <Collapsible id="setup-steps" open={isOpen}>
          <BlockStack gap="400" as="ul">
            {steps.map((step) => (
              <Step key={step.key} step={step} isNext={step === next} state={state} />
            ))}
          </BlockStack>
        </Collapsible>
      </BlockStack>
    </Card>
  );
}

function leftWords({ works, isRestOptional }: Pick<SetupSteps, "works" | "isRestOptional">): string {
  if (isRestOptional) return ": the app works, what is left is optional";
  return works ? ": the app works, and what is pending or failed is still to come into the ERP" : "";
}

function Step({ step, isNext, state }: { step: SetupStep; isNext: boolean; state: Sending }) {
  const { title, words, done, optional, action } = step;
  return (
    <li style={{ listStyle: "none" }}>
      <InlineStack gap="300" align="space-between" blockAlign="center">
        <Box width="100%" maxWidth="34rem">
          <InlineStack gap="200" align="start" blockAlign="start" wrap={false}>
            <Box>
              <Icon
                source={done ? CheckCircleIcon : MinusCircleIcon}
                tone={done ? "success" : "subdued"}
                accessibilityLabel={done ? "Done" : "Not done"}
              />
            </Box>
            <BlockStack gap="050">
              <InlineStack gap="200" align="start" blockAlign="center">
                <Text as="h3" variant="headingSm">
                  {title}
                </Text>
                {optional && !done ? <Badge>Optional</Badge> : null}
              </InlineStack>
              <Text as="p" tone="subdued" breakWord>
                {words}
              </Text>
            </BlockStack>
          </InlineStack>
        </Box>
        {action ? (
          <HomeActionButton
            action={action}
            about={title}
            state={state}
            variant={isNext ? "primary" : done ? "plain" : "secondary"}
          />
        ) : null}
      </InlineStack>
    </li>
  );
}
