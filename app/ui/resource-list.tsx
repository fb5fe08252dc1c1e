import { useNavigation } from "@remix-run/react";
import { Banner, BlockStack, Box, Card, IndexTable, Link, Text } from "@shopify/polaris";
import type { MouseEvent, ReactNode } from "react";

import type { ListPage } from "#app/lib/list-page.ts";

import { useEmbeddedHref } from "./embedded-href.ts";
import { ListFilters, type ListFilter, type ListSortChoice, type ListView } from "./list-filters.tsx";
import { useListParams } from "./list-params.ts";
import { useIsNarrow } from "./narrow.tsx";
import { NothingHere } from "./nothing-here.tsx";

export type ListColumn<Row> = { title: string; numeric?: boolean; cell: (row: Row) => ReactNode };

type Props<Row> = {
  resource: { singular: string; plural: string };
  page: ListPage<Row>;
  /** Parameters of the address that the list does not know. */
  ignored: readonly string[];
  idOf: (row: Row) => string;
  /** What a person knows it by, and the page of it where it has one. */
  primary: { title: string; words: (row: Row) => string; path?: (row: Row) => string | null };
  /** The columns beside the primary one. */
  columns: readonly ListColumn<Row>[];
  /** What stands under the primary words on a phone. */
  compact: (row: Row) => ReactNode;
  /** What can be searched by; undefined: nothing can. */
  searchLabel?: string;
  filters?: readonly ListFilter[];
  views?: readonly ListView[];
  sorts?: readonly ListSortChoice[];
  /** Shown where there is nothing at all, not even without filters. */
  empty: { heading: string; text: string; action?: { label: string; url?: string; onAction?: () => void } };
};

/** A long list: search, filters, views, order, pages by cursor; a table on a desk, a list on a phone. */
export function ResourceList<Row>(props: Props<Row>) {
  const { resource, page, ignored, idOf, primary, columns, compact, empty } = props;
  const { searchLabel, filters = [], views = [{ label: "All", params: {} }], sorts = [] } = props;
  const { asked, change } = useListParams();
  const isNarrow = useIsNarrow();
  const navigation = useNavigation();
  const href = useEmbeddedHref();
  const isLoading = navigation.state === "loading";
  const isAsked = [...asked.keys()].some((name) => name !== "sort");
  if (page.rows.length === 0 && page.previous === null && !isAsked)
    return (
      <Card>
        <NothingHere heading={empty.heading} action={empty.action}>
          {empty.text}
        </NothingHere>
      </Card>
    );

  const turn = (side: "after" | "before", cursor: string | null) => {
    if (cursor !== null) change({ [side]: [cursor] });
  };
  const title = (row: Row) => {
    const words = primary.words(row);
    const path = primary.path?.(row) ?? null;
    return path !== null ? (
      <Link dataPrimaryLink removeUnderline url={href(path)}>
        <Text as="span" fontWeight="semibold">
          {words}
        </Text>
      </Link>
    ) : (
      <Text as="span" fontWeight="semibold">
        {words}
      </Text>
    );
  };
  return (
    <BlockStack gap="400">
      {ignored.length === 0 ? null : (
        <Banner
          tone="warning"
          title={`This link asks for something this list does not know: ${ignored.join(", ")}`}
        >
          <Text as="p">It was left out. Choose the filter anew below.</Text>
        </Banner>
      )}
      <Card padding="0">
        <ListFilters
          searchLabel={searchLabel}
          filters={filters}
          views={views}
          sorts={sorts}
          loading={isLoading}
        />
        <IndexTable
          resourceName={resource}
          selectable={false}
          condensed={isNarrow}
          itemCount={page.rows.length}
          headings={[{ title: primary.title }, ...columns.map(headingOf)]}
          emptyState={
            <NothingHere
              heading={`No ${resource.plural} match`}
              action={{
                label: "Show all",
                onAction: () => {
                  change(Object.fromEntries([...asked.keys()].map((name) => [name, []])));
                },
              }}
            >
              Change the filters or the words searched for.
            </NothingHere>
          }
          pagination={
            page.previous === null && page.next === null
              ? undefined
              : {
                  hasPrevious: page.previous !== null,
                  onPrevious: () => {
                    turn("before", page.previous);
                  },
                  hasNext: page.next !== null,
                  onNext: () => {
                    turn("after", page.next);
                  },
                  accessibilityLabel: `Pages of ${resource.plural}`,
                }
          }
        >
          {page.rows.map((row, index) => (
            // By its place: other rows are written where these stood, and nothing is seen to jump.
            <IndexTable.Row key={index} id={idOf(row)} position={index}>
              {isNarrow ? (
                <Box paddingBlock="200" paddingInline="400">
                  <BlockStack gap="100">
                    {title(row)}
                    <div onClick={keepOwnClick}>
                      <BlockStack gap="100">{compact(row)}</BlockStack>
                    </div>
                  </BlockStack>
                </Box>
              ) : (
                <>
                  <IndexTable.Cell>
                    <div style={{ whiteSpace: "normal" }}>{title(row)}</div>
                  </IndexTable.Cell>
                  {columns.map(({ title: column, numeric, cell }) => (
                    <IndexTable.Cell key={column}>
                      <div onClick={keepOwnClick}>
                        {numeric ? (
                          <Text as="span" alignment="end" numeric>
                            {cell(row)}
                          </Text>
                        ) : (
                          cell(row)
                        )}
                      </div>
                    </IndexTable.Cell>
                  ))}
                </>
              )}
            </IndexTable.Row>
          ))}
        </IndexTable>
      </Card>
    </BlockStack>
  );
}

/** A click anywhere on a row opens its page: not one on a button or link that stands in the row. */
function keepOwnClick(event: MouseEvent): void {
  if (event.target instanceof Element && event.target.closest("button, a[href], input, label") !== null)
    event.stopPropagation();
}

function headingOf<Row>({ title, numeric }: ListColumn<Row>) {
  return { title, alignment: numeric ? ("end" as const) : ("start" as const) };
}
