-- Orders are found by the beginnings of a customer's words and by the last digits of a phone; app/erp/orders/order-search.ts asks by the
-- same expression. No extension is needed: pg_trgm may not be installed everywhere.
CREATE INDEX "Order_search" ON "Order" USING GIN ((array_to_tsvector(array_remove(string_to_array(lower(translate(left(coalesce("customerName", ''), 200) || ' ' || left(coalesce("customerEmail", ''), 200), '@._-+,()/''', '          ') || ' ' || right(translate(left(coalesce("customerPhone", ''), 100), ' +-()./', ''), 10)), ' '), ''))));
-- Nobody reads orders of a status by the day they were placed; the page and the API list them by creation.
DROP INDEX "Order_shop_status_orderDate_idx";
CREATE INDEX "Order_shop_status_shopifyCreatedAt_idx" ON "Order" ("shop", "status", "shopifyCreatedAt");
-- What is looked for often and is rare: few rows, nothing to write for the others.
CREATE INDEX "Order_stop_ship" ON "Order" ("shop", "shopifyCreatedAt") WHERE "stopShip" IS NOT NULL;
CREATE INDEX "Order_to_collect" ON "Order" ("shop", "shopifyCreatedAt") WHERE "amountToCollect" > 0;
CREATE INDEX "Order_money_difference" ON "Order" ("shop", "shopifyCreatedAt") WHERE "moneyDifference" <> 0 OR "presentmentMoneyDifference" <> 0 OR "currentMoneyDifference" <> 0 OR "presentmentCurrentMoneyDifference" <> 0 OR "paymentDifference" <> 0 OR "presentmentPaymentDifference" <> 0;
CREATE INDEX "Order_test" ON "Order" ("shop", "shopifyCreatedAt") WHERE "test";
CREATE INDEX "Order_archived" ON "Order" ("shop", "shopifyCreatedAt") WHERE "archivedAt" IS NOT NULL;
-- What was decided on an order, among all that the audit log holds.
CREATE INDEX "AuditLog_order" ON "AuditLog" ("shop", "target") WHERE "action" LIKE 'order.%';
