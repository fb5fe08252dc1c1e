import { Badge } from "@shopify/polaris";

import { statusLook, type StatusOf } from "./status-words.ts";

/** A status, looking the same on every page. */
export function StatusBadge({ of, status }: { of: StatusOf; status: string }) {
  const { words, tone, progress } = statusLook(of, status);
  return (
    <Badge tone={tone} progress={progress}>
      {words}
    </Badge>
  );
}
