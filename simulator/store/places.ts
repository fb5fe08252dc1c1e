/** City, state, state code, first digits of its PIN code. */
export const CITIES = [
  ["Jaipur", "Rajasthan", "RJ", "3020"],
  ["Jodhpur", "Rajasthan", "RJ", "3420"],
  ["Udaipur", "Rajasthan", "RJ", "3130"],
  ["Mumbai", "Maharashtra", "MH", "4000"],
  ["Pune", "Maharashtra", "MH", "4110"],
  ["Bengaluru", "Karnataka", "KA", "5600"],
  ["Mysuru", "Karnataka", "KA", "5700"],
  ["Chennai", "Tamil Nadu", "TN", "6000"],
  ["Hyderabad", "Telangana", "TS", "5000"],
  ["New Delhi", "Delhi", "DL", "1100"],
  ["Gurugram", "Haryana", "HR", "1220"],
  ["Kolkata", "West Bengal", "WB", "7000"],
  ["Guwahati", "Assam", "AS", "7810"],
  ["Imphal", "Manipur", "MN", "7950"],
  ["Aizawl", "Mizoram", "MZ", "7960"],
  ["Kochi", "Kerala", "KL", "6820"],
  ["Ahmedabad", "Gujarat", "GJ", "3800"],
  ["Lucknow", "Uttar Pradesh", "UP", "2260"],
  ["Ludhiana", "Punjab", "PB", "1410"],
  ["Srinagar", "Jammu and Kashmir", "JK", "1900"],
  ["Panaji", "Goa", "GA", "4030"],
] as const;

export const STREETS = [
  "12/3, M.G. Road",
  "Flat 4B, Shanti Apartments, near Hanuman Mandir",
  "H.No. 7-1-58/B, Ameerpet",
  '"Sai Kripa", 2nd Cross, 5th Main',
  "C-204, Green Valley; opp. D-Mart",
  "Village Rampura, Post Office Kalwar",
  "गली नं 4, शास्त्री नगर",
  "No. 18, 3rd Street, Anna Nagar West",
  "Qtr. 11, Type-IV, Railway Colony",
  "Shop 3, O'Hara Complex\nBasement",
  "🏠 Plot 9, Lane 2, Vasant Kunj",
  "56-A, Gandhi Chowk, behind SBI ATM, 2nd floor, left door, ring bell twice and call before coming please",
] as const;

/** Where orders in another currency go. */
export const FOREIGN_PLACES = {
  USD: {
    city: "Austin",
    province: "Texas",
    provinceCode: "TX",
    country: "United States",
    code: "US",
    zip: "78701",
    phone: "+15125550142",
  },
  EUR: {
    city: "Berlin",
    province: null,
    provinceCode: null,
    country: "Germany",
    code: "DE",
    zip: "10115",
    phone: "+4930555010",
  },
  JPY: {
    city: "Shibuya-ku",
    province: "Tōkyō",
    provinceCode: "JP-13",
    country: "Japan",
    code: "JP",
    zip: "150-0002",
    phone: "+81355550100",
  },
  KWD: {
    city: "Salmiya",
    province: null,
    provinceCode: null,
    country: "Kuwait",
    code: "KW",
    zip: null,
    phone: "+96555550100",
  },
} as const;

export type ForeignCurrency = keyof typeof FOREIGN_PLACES;
