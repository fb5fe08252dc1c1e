import { Box, InlineStack, Pagination } from "@shopify/polaris";

import { useListParams } from "./list-params.ts";
import { useFormat } from "./shop-format.tsx";

/** Turns the pages of a list whose pages are numbered; nothing where there is one. */
export function SlicePages({ slice, label }: { slice: { page: number; pages: number }; label: string }) {
  const format = useFormat();
  const { change } = useListParams();
  const { page, pages } = slice;
  if (pages < 2) return null;
  const turn = (to: number) => () => {
    change({ page: [String(to)] });
  };
  return (
    <Box padding="400">
      <InlineStack align="center">
        <Pagination
          accessibilityLabel={label}
          label={`${format.number(page)} of ${format.number(pages)}`}
          hasPrevious={page > 1}
          onPrevious={turn(page - 1)}
          hasNext={page < pages}
          onNext={turn(page + 1)}
        />
      </InlineStack>
    </Box>
  );
}
