import { Banner, BlockStack, Card, List, Text } from "@shopify/polaris";

import type { MappedPlaces, MappingOutcome } from "#app/erp/inventory/mapped-places.ts";

import { erpPlaceName, placeName } from "./stock-place-words.ts";

const WHY: Record<MappingOutcome["broken"][number]["why"], string> = {
  deleted: "was deleted in Shopify",
  inactive: "is not active in Shopify",
  unknown: "is not known: Shopify has told of no such location",
};

/** What follows from the mapping as it stands: what Shopify's locations would be told, and what is wrong with it. */
export function StockMappingOutcome({ outcome, places }: { outcome: MappingOutcome; places: MappedPlaces }) {
  const { fed, feedNothing, feedSeveral, broken } = outcome;
  return (
    <>
      {broken.length === 0 ? null : (
        <Banner tone="critical" title="Stock is sent to locations that take none">
          <List>
            {broken.map(({ id, why, by }) => (
              <List.Item key={id}>
                {`${placeName(places, id)} ${WHY[why]}. Choose another location for ${by.join(", ")}, or remove the line.`}
              </List.Item>
            ))}
          </List>
        </Banner>
      )}
      {feedNothing.length === 0 ? null : (
        <Banner
          tone="warning"
          title={
            feedNothing.length === 1
              ? "One location of the ERP reaches no location of Shopify's"
              : "Some locations of the ERP reach no location of Shopify's"
          }
        >
          <Text as="p">
            {`What is set for ${feedNothing.join(", ")} is sent nowhere. Add a line if it can be sold in Shopify; if not, nothing is to be done.`}
          </Text>
        </Banner>
      )}
      {feedSeveral.length === 0 ? null : (
        <Banner tone="warning" title="Stock is offered more than once">
          <Text as="p">
            {`${feedSeveral.join(", ")}: each unit is offered at more than one location of Shopify's, and could be sold twice.`}
          </Text>
        </Banner>
      )}
      <Card>
        <BlockStack gap="300">
          <Text as="h3" variant="headingSm">
            What Shopify&apos;s locations are told
          </Text>
          {fed.length === 0 ? (
            <Text as="p" tone="subdued">
              Shopify has told of no active location yet: they come with the first stock sync.
            </Text>
          ) : (
            <List>
              {fed.map(({ id, by }) => (
                <List.Item key={id}>
                  <Text as="span" fontWeight="semibold">
                    {`${placeName(places, id)} (${id})`}
                  </Text>
                  {": "}
                  {by.length === 0
                    ? "nothing; its stock stays as it is in Shopify"
                    : by.map((from) => erpPlaceName(places, from)).join(" + ")}
                </List.Item>
              ))}
            </List>
          )}
        </BlockStack>
      </Card>
    </>
  );
}
