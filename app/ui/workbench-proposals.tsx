import { Box, Divider, Text } from "@shopify/polaris";
import { Fragment } from "react";

import type { Workbench } from "#app/erp/catalog/workbench-views.ts";

import { CursorPages } from "./cursor-pages.tsx";
import { NothingHere } from "./nothing-here.tsx";
import { SearchedRows, type PartSearch } from "./part-search.tsx";
import { WorkbenchProposal } from "./workbench-proposal.tsx";

type Proposals = Extract<Workbench, { part: "proposals" }>["proposals"];

/** Shopify products that look like a product of the ERP's: a person says whether they are one. */
export function WorkbenchProposals({
  shop,
  proposals,
  currency,
  search,
}: {
  shop: string;
  proposals: Proposals;
  currency: string | null;
  search: PartSearch;
}) {
  return (
    <SearchedRows
      search={search}
      label="Search by product or its id in Shopify"
      isEmpty={proposals.rows.length === 0}
      nothing={
        <NothingHere heading="No look-alikes">
          A relaunched product of the same name, for example, is not taken for the old one: you decide about
          it here.
        </NothingHere>
      }
    >
      <Box padding="400" paddingBlockStart="0">
        <Text as="p" tone="subdued">
          Two products of the same name are kept apart until you say that they are one.
        </Text>
      </Box>
      {proposals.rows.map((pair) => (
        <Fragment key={`${pair.shopifyProductId}-${pair.productId}`}>
          <Divider />
          <WorkbenchProposal shop={shop} pair={pair} currency={currency} />
        </Fragment>
      ))}
      <CursorPages page={proposals} label="Look-alikes" />
    </SearchedRows>
  );
}
