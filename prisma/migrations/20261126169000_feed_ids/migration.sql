-- Which lines, parcels and returns of an order a change is about. What was told before names none: read all of the part.
ALTER TABLE "ChangeFeed" ADD COLUMN "ids" JSONB NOT NULL DEFAULT '{}';
