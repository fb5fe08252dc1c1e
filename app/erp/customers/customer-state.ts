/** SQL: the `CustomerState` of "Customer" o. */
export const customerState = `case when o."redactedAt" is not null then 'redacted' when o."mergedIntoId" is not null then 'merged'
  when o."archivedAt" is not null then 'archived' else 'current' end`;
