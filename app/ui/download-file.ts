const SAVED_MS = 60_000;

/**
 * Saves one of the app's own answers as a file. Asked by `fetch`, because App Bridge signs that: a plain link inside the
 * Admin's iframe would come without a session token.
 * @throws Error when the server does not answer with success
 */
export async function downloadFile(path: string, name: string): Promise<void> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} answered ${String(response.status)}`);
  saveFile(await response.blob(), name);
}

/** Saves what is here already as a file. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser begins to read the file only after this.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, SAVED_MS);
}
