/**
 * One of the app's own JSON answers, in the browser.
 * @throws Error when the server does not answer, or not with success
 */
export async function readJson<Answer>(path: string, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(path, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${path} answered ${String(response.status)}`);
  return (await response.json()) as Answer;
}
