import {
  catalogueSorts,
  productContents,
  productShelves,
  productStatuses,
} from "#app/erp/catalog/catalogue-views.ts";

import { readListQuery } from "./read-list-query.ts";

/** What the list of products is asked, and with it its export. */
export function readCatalogueQuery(request: Pick<Request, "url">) {
  const { choices, ...query } = readListQuery(request, {
    choices: { status: productStatuses, shelf: productShelves, with: productContents },
    sorts: catalogueSorts,
  });
  return {
    at: query.at,
    ignored: query.ignored,
    question: {
      search: query.search,
      sort: catalogueSorts.find((sort) => sort === query.sort) ?? catalogueSorts[0],
      statuses: choices.status,
      shelves: choices.shelf,
      contents: choices.with,
    },
  };
}
