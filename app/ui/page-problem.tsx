import { isRouteErrorResponse, useRevalidator, useRouteError } from "@remix-run/react";
import { Banner, BlockStack, Button, InlineStack, Page, Text } from "@shopify/polaris";

import { useEmbeddedHref } from "./embedded-href.ts";

type Problem = { message: string; next: string };

/** What stands in a page's place when it cannot be shown: what happened, what to do, and the buttons for it. The app's menu stays. */
export function PageProblem() {
  const error = useRouteError();
  const { revalidate, state } = useRevalidator();
  const home = useEmbeddedHref()("/app");
  const { message, next } = problemOf(error);
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

function problemOf(error: unknown): Problem {
  if (!isRouteErrorResponse(error))
    return {
      message: "Something went wrong on our side",
      next: "Nothing is lost. Try again; if it happens again, the app's log says why.",
    };
  const told = error.data as Partial<Problem> | string | null;
  if (told !== null && typeof told === "object" && told.message !== undefined)
    return { message: told.message, next: told.next ?? "" };
  if (error.status === 404)
    return { message: "There is no such page", next: "Choose a page from the app's menu." };
  // As the first line of such an answer says what is, and the second what to do.
  const [message, next] = typeof told === "string" ? told.split("\n", 2) : [];
  return {
    message: message || "Something went wrong on our side",
    next: next ?? "Try again; if it happens again, the app's log says why.",
  };
}
