import { BlockStack, Card, List, Text } from "@shopify/polaris";

import { actorWords, settingsChangeWords, type SettingsChangeView } from "./settings-change-words.ts";
import { useFormat } from "./shop-format.tsx";

/** Who changed what last, the newest first. */
export function SettingsChangesCard({ changes }: { changes: readonly SettingsChangeView[] }) {
  const format = useFormat();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Last changes
        </Text>
        {changes.length === 0 ? (
          <Text as="p" tone="subdued">
            Nobody has changed a setting yet: what stands above is what every shop begins with.
          </Text>
        ) : (
          changes.map(({ at, actor, changes: changed }) => (
            <BlockStack key={`${at} ${actor} ${JSON.stringify(changed)}`} gap="050">
              <Text as="h3" variant="headingSm" fontWeight="medium">
                {`${format.dateTime(at)} · ${actorWords(actor)}`}
              </Text>
              <List>
                {changed.map((change) => (
                  <List.Item key={change.name}>{settingsChangeWords(change, format)}</List.Item>
                ))}
              </List>
            </BlockStack>
          ))
        )}
        <Text as="p" tone="subdued" variant="bodySm">
          People are shown by the number Shopify knows them by. Of lists it is said how many entries they had
          and have.
        </Text>
      </BlockStack>
    </Card>
  );
}
