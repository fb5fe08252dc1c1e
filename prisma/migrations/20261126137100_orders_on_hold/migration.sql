-- What is on hold by its status alone, packed goods that must not leave, belongs to what a person asks for as "on hold".
DROP INDEX "Order_held";
CREATE INDEX "Order_held" ON "Order" ("shop", "shopifyCreatedAt") WHERE "holds" <> '[]' OR "status" = 'on_hold';
