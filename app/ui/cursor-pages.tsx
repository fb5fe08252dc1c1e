import { Box, InlineStack, Pagination } from "@shopify/polaris";

import { useListParams } from "./list-params.ts";

/** Turns the pages of a list by cursor; nothing where there is one. */
export function CursorPages({
  page: { previous, next },
  label,
}: {
  page: { previous: string | null; next: string | null };
  label: string;
}) {
  const { change } = useListParams();
  if (previous === null && next === null) return null;
  return (
    <Box padding="400">
      <InlineStack align="center">
        <Pagination
          accessibilityLabel={label}
          hasPrevious={previous !== null}
          onPrevious={() => {
            if (previous !== null) change({ before: [previous] });
          }}
          hasNext={next !== null}
          onNext={() => {
            if (next !== null) change({ after: [next] });
          }}
        />
      </InlineStack>
    </Box>
  );
}
