import { isRouteErrorResponse } from "@remix-run/react";

/** What happened, and what to do. */
type Problem = { message: string; next: string };

const BUG: Problem = {
  message: "Something went wrong on our side",
  next: "Nothing is lost. Try again; if it happens again, the app's log says why.",
};

/** What a route's error says to a person: the words of a refusal (`{ message, next }`, or two lines of text), or an apology for a bug, whose details stay in the log. */
export function routeProblem(error: unknown): Problem {
  if (!isRouteErrorResponse(error)) return BUG;
  const told = error.data as Partial<Problem> | string | null;
  if (told !== null && typeof told === "object" && told.message !== undefined)
    return { message: told.message, next: told.next ?? "" };
  const [message, next] = typeof told === "string" ? told.split("\n", 2) : [];
  if (error.status === 404)
    return {
      message: message || "There is no such page",
      next: next ?? "Open the app from Shopify Admin and choose a page from its menu.",
    };
  return { message: message || BUG.message, next: next ?? BUG.next };
}
