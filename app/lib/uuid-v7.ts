/**
 * A UUID of version 7 (RFC 9562): its first 48 bits are the time, so new rows land side by side in
 * their index instead of all over it. What Prisma's `uuid(7)` makes, for rows written by SQL.
 */
export function uuidV7(atMs: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const time = atMs.toString(16).padStart(12, "0");
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${time.slice(0, 8)}-${time.slice(8)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
