/** Why the API refused, in a person's words. */
export type ApiProblem = { code: string; message: string; next: string };
export type ApiAnswer<Body> = { ok: true; body: Body } | { ok: false; problem: ApiProblem };

/** What stands for an answer that never came. */
export const NO_ANSWER: ApiProblem = {
  code: "NO_ANSWER",
  message: "The app did not answer.",
  next: "Check the connection and try again.",
};

/** Asks the app's own API from the browser; App Bridge signs the request. Never throws: a refusal is an answer. */
export async function askApi<Body>(method: string, path: string, body?: object): Promise<ApiAnswer<Body>> {
  try {
    const response = await fetch(path, {
      method,
      headers: { Accept: "application/json", ...(body ? { "Content-Type": "application/json" } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer = (await response.json()) as Body & { error?: ApiProblem };
    return answer.error ? { ok: false, problem: answer.error } : { ok: true, body: answer };
  } catch {
    return { ok: false, problem: NO_ANSWER };
  }
}
