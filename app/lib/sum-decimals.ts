const PLACES = 6;

/** The exact sum of decimals as text ("1250.50"), of at most six places, with at least two. */
export function sumDecimals(texts: readonly string[]): string {
  const sum = texts.reduce((all, text) => {
    const [whole = "0", part = ""] = text.split(".");
    return all + BigInt(whole + part.padEnd(PLACES, "0"));
  }, 0n);
  const digits = String(sum).padStart(PLACES + 1, "0");
  const part = digits.slice(-PLACES).replace(/0{1,4}$/, "");
  return `${digits.slice(0, -PLACES)}.${part}`;
}
