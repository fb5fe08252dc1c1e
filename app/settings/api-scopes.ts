/** What an API key may do: read what there is, have it synced, act in the ERP. None includes another. */
export const apiScopes = ["read", "sync", "erp"] as const;
export type ApiScope = (typeof apiScopes)[number];
