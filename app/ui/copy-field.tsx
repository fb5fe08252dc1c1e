import { useAppBridge } from "@shopify/app-bridge-react";
import { Button, InlineStack, Text } from "@shopify/polaris";

/** A text somebody needs elsewhere, with a button that copies it. */
export function CopyField({ label, text }: { label: string; text: string }) {
  const shopify = useAppBridge();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      shopify.toast.show("Copied");
    } catch {
      shopify.toast.show("The browser does not let the app copy: select the text and copy it", {
        isError: true,
      });
    }
  };
  return (
    <InlineStack gap="300" blockAlign="center" wrap={false}>
      <Text as="span" breakWord>
        {text}
      </Text>
      <Button size="slim" accessibilityLabel={`Copy ${label}`} onClick={() => void copy()}>
        Copy
      </Button>
    </InlineStack>
  );
}
