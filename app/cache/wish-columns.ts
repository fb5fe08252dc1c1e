/**
 * SQL: the columns of an entry's wish to be fetched, all cleared where `isGranted` holds, so that no old date or count of tries
 * outlives the wish it belongs to. The entry's table is `c`.
 * @param isGranted a condition in SQL
 * @param wish what the entry wishes for otherwise
 */
export function wishUnless(isGranted: string, wish = `c."needsFetch"`): string {
  const kept = (value: string, cleared: string) => `CASE WHEN ${isGranted} THEN ${cleared} ELSE ${value} END`;
  return `"needsFetch" = ${kept(wish, "NULL")}, "newsAt" = ${kept(`c."newsAt"`, "NULL")}, "nextFetchAt" = ${kept(`c."nextFetchAt"`, "NULL")},
    "fetchAttempts" = ${kept(`c."fetchAttempts"`, "0")}, "fetchError" = ${kept(`c."fetchError"`, "NULL")}`;
}
