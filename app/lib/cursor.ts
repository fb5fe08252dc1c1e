/** Where a list goes on: the sort key of a record at the edge of a page, as text nobody needs to read. */
export function writeCursor(key: readonly string[]): string {
  return btoa(encodeURIComponent(JSON.stringify(key)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/**
 * What `writeCursor` was given, not checked yet.
 * @throws Error for what no list has given out
 */
export function readCursorText(cursor: string): unknown {
  return JSON.parse(decodeURIComponent(atob(cursor.replaceAll("-", "+").replaceAll("_", "/"))));
}
