-- Since when the known scopes are granted, so that an older piece of news does not undo a newer one.
-- AlterTable
ALTER TABLE "Shop" ADD COLUMN     "scopesAt" TIMESTAMPTZ(3);
