import { Banner, BlockStack, Button, Card, DataTable, Text } from "@shopify/polaris";
import { useState } from "react";

import { downloadFile } from "./download-file.ts";
import { useFormat } from "./shop-format.tsx";
import type { PrivacyRequestView } from "./sync-view.ts";

const KINDS: Record<PrivacyRequestView["kind"], string> = {
  data_request: "A customer asks for their data",
  customer_redact: "A customer is to be forgotten",
  shop_redact: "The shop is to be forgotten",
};

const OUTCOMES: Record<NonNullable<PrivacyRequestView["outcome"]>, string> = {
  exported: "Made ready to download",
  erased: "Erased",
  "not erased": "Not erased",
};

/** What Shopify asked about personal data, and what was done. Nothing where nobody has asked. */
export function PrivacyCard({ requests }: { requests: PrivacyRequestView[] }) {
  const format = useFormat();
  const [busy, setBusy] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const outcomeOf = ({
    outcome,
    installedAgainAt: at,
  }: Pick<PrivacyRequestView, "outcome" | "installedAgainAt">) => {
    const words = outcome === null ? "" : OUTCOMES[outcome];
    return at === null ? words : `${words}: the app is installed again, as of ${format.dateTime(at)}`;
  };
  if (requests.length === 0) return null;
  const download = (id: string) => {
    setBusy(id);
    setFailed(false);
    downloadFile(`/api/shopify/privacy/${id}/export`, `personal-data-${id}.json`)
      .catch(() => {
        setFailed(true);
      })
      .finally(() => {
        setBusy(null);
      });
  };
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Requests about personal data
        </Text>
        {failed ? (
          <Banner tone="critical" title="The data could not be downloaded">
            <p>Reload the page: it may have expired, or the person was forgotten meanwhile.</p>
          </Banner>
        ) : null}
        <DataTable
          columnContentTypes={["text", "text", "text", "text", "text", "text"]}
          headings={["Request", "Received", "Due", "Done", "Outcome", "Data"]}
          rows={requests.map(({ id, kind, receivedAt, dueAt, doneAt, expiresAt, ...outcome }) => [
            KINDS[kind],
            format.dateTime(receivedAt),
            format.dateTime(dueAt),
            doneAt === null ? "Not yet" : format.dateTime(doneAt),
            outcomeOf(outcome),
            expiresAt === null ? (
              ""
            ) : (
              <Button
                key={id}
                accessibilityLabel={`Download the data asked for ${format.dateTime(receivedAt)}`}
                loading={busy === id}
                disabled={busy !== null}
                onClick={() => {
                  download(id);
                }}
              >
                Download
              </Button>
            ),
          ])}
          increasedTableDensity
        />
      </BlockStack>
    </Card>
  );
}
