import { erpActionsApi } from "./erp-actions-api.server.ts";
import { erpCatalogApi } from "./erp-catalog-api.server.ts";
import { erpCustomersApi } from "./erp-customers-api.server.ts";
import { erpOrdersApi } from "./erp-orders-api.server.ts";
import { erpOwnStockApi } from "./erp-own-stock-api.server.ts";
import { erpRemittancesApi } from "./erp-remittances-api.server.ts";
import { erpStockApi } from "./erp-stock-api.server.ts";
import { erpStockChangesApi } from "./erp-stock-changes-api.server.ts";
import { stockCompareApi } from "./stock-compare-api.server.ts";

/** The ERP's own records over HTTP, below `/api/erp`, and its stock beside Shopify's. */
export const erpApis = [
  erpOrdersApi,
  erpActionsApi,
  erpCatalogApi,
  erpCustomersApi,
  erpStockApi,
  erpOwnStockApi,
  erpStockChangesApi,
  stockCompareApi,
  erpRemittancesApi,
];
