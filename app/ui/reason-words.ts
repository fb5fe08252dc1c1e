/** Why, as a person reads it: Shopify's codes ("SIZE_TOO_SMALL") become words; what somebody wrote stays as it is. */
export function reasonWords(reason: string): string {
  return /^[A-Z]+(_[A-Z]+)*$/.test(reason)
    ? `${reason.charAt(0)}${reason.slice(1).toLowerCase().replaceAll("_", " ")}`
    : reason;
}
