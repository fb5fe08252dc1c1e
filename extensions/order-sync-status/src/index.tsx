import "@shopify/ui-extensions/preact";
import { render } from "preact";

import { SyncBlock } from "./sync-block.tsx";

/** Shopify calls this once for each order page that shows the block. */
export default function show() {
  render(<SyncBlock orderId={readOrderId(shopify.data.selected[0]?.id)} />, document.body);
}

/** "gid://shopify/Order/123" → "123" */
function readOrderId(gid: string | undefined): string | null {
  return /\/Order\/(\d+)/.exec(gid ?? "")?.[1] ?? null;
}
