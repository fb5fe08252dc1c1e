import { useRevalidator, useRouteError } from "@remix-run/react";
import { Banner, BlockStack, Button, InlineStack, Page, Text } from "@shopify/polaris";

import { useEmbeddedHref } from "./embedded-href.ts";
import { routeProblem } from "./route-problem.ts";

/** What stands in a page's place when it cannot be shown: what happened, what to do, and the buttons for it. The app's menu stays. */
export function PageProblem() {
  const error = useRouteError();
  const { revalidate, state } = useRevalidator();
  const home = useEmbeddedHref()("/app");
  const { message, next } = routeProblem(error);
  return (
    <Page>
      <Banner tone="critical" title={message}>
        <BlockStack gap="300">
          <Text as="p">{next}</Text>
          <InlineStack gap="200">
            <Button loading={state === "loading"} onClick={revalidate}>
              Try again
            </Button>
            <Button url={home}>Open Home</Button>
          </InlineStack>
        </BlockStack>
      </Banner>
    </Page>
  );
}
