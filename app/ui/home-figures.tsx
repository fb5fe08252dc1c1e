import { BlockStack, Card, InlineGrid, Link, Text } from "@shopify/polaris";

import { queuedKinds, type QueuedKind } from "#app/cache/cache-tables.ts";

import type { ChartsView } from "./charts-view.ts";
import { useEmbeddedHref } from "./embedded-href.ts";
import { sumPending, type HomeView } from "./home-view.ts";
import { kindNames } from "./kind-names.ts";
import { useFormat } from "./shop-format.tsx";
import { statusLook } from "./status-words.ts";

/** What is in the ERP, and what is on its way there, each leading to its list. `erp` null until it has been counted. */
export function HomeFigures({ view, erp }: { view: HomeView; erp: ChartsView["erp"] | null }) {
  const format = useFormat();
  const { oldest } = sumPending(view.pending);
  const lag = oldest === null ? null : Math.max(0, Date.parse(view.now) - Date.parse(oldest.at));
  return (
    <InlineGrid columns={{ xs: 1, md: 2 }} gap="400">
      <Card>
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            In the ERP
          </Text>
          <InlineGrid columns={3} gap="400">
            <LinkedFigure label="Products" value={erp?.products ?? null} path="/app/catalogue" />
            <LinkedFigure label="Customers" value={erp?.customers ?? null} path="/app/customers" />
            <LinkedFigure label="Orders" value={erp?.orders ?? null} path="/app/orders?test=no" />
          </InlineGrid>
        </BlockStack>
      </Card>
      <Card>
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            On the way there
          </Text>
          <InlineGrid columns={3} gap="400">
            {onTheWay(view).map(({ label, status, of }) => (
              <OnTheWay key={label} label={label} status={status} of={of} />
            ))}
          </InlineGrid>
          <Text as="p" tone="subdued">
            {lag === null ? "Nothing is pending." : `Lag: the first has waited for ${format.duration(lag)}.`}
          </Text>
        </BlockStack>
      </Card>
    </InlineGrid>
  );
}

type Waiting = { label: string; status: string; of: (kind: QueuedKind) => number };

function onTheWay({ pending, reasons }: HomeView): Waiting[] {
  const sum = (kind: QueuedKind, status: "failed" | "quarantined") =>
    reasons.filter((reason) => reason.kind === kind).reduce((total, reason) => total + reason[status], 0);
  return [
    { label: statusLook("entry", "pending").words, status: "pending", of: (kind) => pending[kind].count },
    { label: statusLook("entry", "failed").words, status: "failed", of: (kind) => sum(kind, "failed") },
    {
      label: statusLook("entry", "quarantined").words,
      status: "quarantined",
      of: (kind) => sum(kind, "quarantined"),
    },
  ];
}

function LinkedFigure({ label, value, path }: { label: string; value: number | null; path: string }) {
  const format = useFormat();
  const href = useEmbeddedHref();
  return (
    <BlockStack>
      <Text as="span" tone="subdued">
        <Link url={href(path)} monochrome>
          {label}
        </Link>
      </Text>
      <Text as="span" variant="headingLg" numeric>
        {value === null ? "…" : format.number(value)}
      </Text>
    </BlockStack>
  );
}

/** The sum, and of each kind that is part of it how many, with the list of them. */
function OnTheWay({ label, status, of }: Waiting) {
  const format = useFormat();
  const href = useEmbeddedHref();
  const kinds = queuedKinds.filter((kind) => of(kind) > 0);
  return (
    <BlockStack>
      <Text as="span" tone="subdued">
        {label}
      </Text>
      <Text as="span" variant="headingLg" numeric>
        {format.number(kinds.reduce((sum, kind) => sum + of(kind), 0))}
      </Text>
      {kinds.map((kind) => {
        const words = `${format.number(of(kind))} ${of(kind) === 1 ? kindNames[kind].one : kindNames[kind].many}`;
        return (
          <Link
            key={kind}
            url={href(`/app/cache/${kind}?status=${status}`)}
            accessibilityLabel={`${label}: ${words}`}
            monochrome
          >
            {words}
          </Link>
        );
      })}
    </BlockStack>
  );
}
