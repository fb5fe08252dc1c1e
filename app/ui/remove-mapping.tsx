import { Button, Text } from "@shopify/polaris";
import { useState } from "react";

import { AppModal } from "./app-modal.tsx";
import type { useIntent } from "./use-intent.ts";

/** Takes a person's word on a variant back, after saying what follows from it. */
export function RemoveMapping({
  variantId,
  skuId,
  skuName,
  removal: { send, pending },
}: {
  variantId: string;
  /** The SKU it is mapped to as the person sees it. */
  skuId: string;
  skuName: string;
  /** The list's: its row goes with the mapping, perhaps before the answer was said. */
  removal: ReturnType<typeof useIntent>;
}) {
  const [isAsked, setAsked] = useState(false);
  const close = () => {
    setAsked(false);
  };
  return (
    <>
      <Button
        variant="plain"
        tone="critical"
        loading={pending("variantId") === variantId}
        accessibilityLabel={`Remove the mapping of variant ${variantId}`}
        onClick={() => {
          setAsked(true);
        }}
      >
        Remove
      </Button>
      <AppModal
        open={isAsked}
        onClose={close}
        title="Remove this mapping?"
        primaryAction={{
          content: "Remove mapping",
          destructive: true,
          onAction: () => {
            send({ intent: "unmap", variantId, seen: skuId });
            close();
          },
        }}
        secondaryActions={[{ content: "Keep it", onAction: close }]}
      >
        <Text as="p">
          {`Variant ${variantId} is no longer ${skuName}. Its product is matched again, and the orders that name the variant are computed again; where nothing else answers for it, they wait for a SKU once more.`}
        </Text>
      </AppModal>
    </>
  );
}
