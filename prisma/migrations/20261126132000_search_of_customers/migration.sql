-- Customers are looked for by the beginnings of words of their name, e-mail address and phone number. The expression is that of
-- app/lib/search-words.ts, to the letter: another one would not be found by the statement that asks it.
CREATE INDEX "Customer_words" ON "Customer" USING gin (
  (to_tsvector('simple', translate(lower(coalesce("firstName", '') || ' ' || coalesce("lastName", '') || ' ' || coalesce("email", '') || ' ' || coalesce("phone", '') || ' ' || right(regexp_replace(coalesce("phone", ''), '[^0-9]', '', 'g'), 10)), U&'!"#$%&\0027()*+,-./:;<=>\003f@[\005c]^_`{|}~\2018\2019\201c\201d\2010\2013\2014\2026\00b7\00a0\0964', '                                           ')))
);
-- Archived, merged and redacted ones are few among many.
CREATE INDEX "Customer_archived" ON "Customer" ("shop", "updatedAt", "id") WHERE "archivedAt" IS NOT NULL;
CREATE INDEX "Customer_merged" ON "Customer" ("shop", "mergedIntoId") WHERE "mergedIntoId" IS NOT NULL;
