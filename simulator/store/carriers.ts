/** Couriers as their names stand in trackingInfo, with where their parcels can be followed. */
export const CARRIERS = [
  { company: "Delhivery", digits: 13, url: "https://www.delhivery.com/track/package/" },
  { company: "Blue Dart", digits: 11, url: "https://www.bluedart.com/tracking?id=" },
  { company: "Xpressbees", digits: 14, url: "https://www.xpressbees.com/track?awb=" },
  { company: "Ecom Express", digits: 10, url: "https://ecomexpress.in/tracking/?awb=" },
  { company: "India Post", digits: 9, url: null },
  { company: "DTDC", digits: 9, url: "https://www.dtdc.in/tracking.asp?id=" },
  { company: "Other", digits: 12, url: null },
  { company: "", digits: 12, url: null },
] as const;

export const FOREIGN_CARRIER = {
  company: "DHL Express",
  digits: 10,
  url: "https://www.dhl.com/track?AWB=",
} as const;
