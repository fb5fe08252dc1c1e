-- Customers are looked for by the beginnings of words of their name, e-mail address and phone number. The expression is that of
-- app/lib/search-words.ts, to the letter: another one would not be found by the statement that asks it.
CREATE INDEX "Customer_words" ON "Customer" USING gin (
  (to_tsvector('simple', regexp_replace(lower(coalesce("firstName", '') || ' ' || coalesce("lastName", '') || ' ' || coalesce("email", '') || ' ' || coalesce("phone", '') || ' ' || right(regexp_replace(coalesce("phone", ''), '[^0-9]', '', 'g'), 10)), '[!-/:-@\[-`{-~\u00a0\u00b7\u2010\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u0964]', ' ', 'g')))
);
-- Archived, merged and redacted ones are few among many.
CREATE INDEX "Customer_archived" ON "Customer" ("shop", "updatedAt", "id") WHERE "archivedAt" IS NOT NULL;
CREATE INDEX "Customer_merged" ON "Customer" ("shop", "mergedIntoId") WHERE "mergedIntoId" IS NOT NULL;
