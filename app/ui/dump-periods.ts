/** The periods a full dump can be asked for, by the date an order was created. */
export const dumpPeriods = [
  { value: "7", label: "Last 7 days", days: 7 },
  { value: "30", label: "Last 30 days", days: 30 },
  { value: "60", label: "Last 60 days", days: 60 },
  { value: "90", label: "Last 90 days", days: 90 },
  { value: "365", label: "Last 12 months", days: 365 },
  { value: "all", label: "All orders", days: null },
  { value: "custom", label: "From a date to a date", days: null },
] as const;
