/** Why something could not be done, in words. */
export type Refusal = { code: string; message: string; next: string };
export type Answer<T> = { ok: true; data: T } | { ok: false; refusal: Refusal };

const NO_ANSWER: Refusal = {
  code: "NO_ANSWER",
  message: "The app does not answer.",
  next: "Try again in a minute. If it stays so, tell whoever runs the app.",
};

/** Shopify is asked on the way, and the ERP may be busy. */
const PATIENCE_MS = 45_000;

/**
 * Asks the app's HTTP API. Shopify resolves the path against the app's address and adds the session token by itself.
 * Never throws: what fails is said.
 */
export async function askApp<T>(path: string, body?: object): Promise<Answer<T>> {
  try {
    const response = await inTime(
      fetch(
        path,
        body && {
          ...{ method: "POST", headers: { "Content-Type": "application/json" } },
          body: JSON.stringify(body),
        },
      ),
    );
    const said: unknown = await inTime(response.json());
    if (response.ok) return { ok: true, data: said as T };
    return { ok: false, refusal: readRefusal(said) ?? NO_ANSWER };
  } catch {
    return { ok: false, refusal: NO_ANSWER };
  }
}

async function inTime<T>(coming: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error("too late"));
    }, PATIENCE_MS);
  });
  try {
    return await Promise.race([coming, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The API's own words; null where something on the way has answered in its place. */
function readRefusal(said: unknown): Refusal | null {
  const { error } = (said ?? {}) as { error?: Partial<Refusal> };
  const { code, message, next } = error ?? {};
  if (code === undefined || message === undefined || next === undefined) return null;
  // The API speaks to machines too; here it is always a person in Shopify's Admin.
  return code === "UNAUTHORIZED"
    ? {
        ...{ code, message: "The app does not know who you are." },
        next: "Open the app once, then come back here. If it stays so, ask the store's owner for access to the app.",
      }
    : { code, message, next };
}
