/** What a location of the ERP's is called: it stands in addresses, and before the @ of a stock level's id. */
export const ERP_LOCATION = /^[\w-]{1,50}$/;
