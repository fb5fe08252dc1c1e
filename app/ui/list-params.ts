import { useLocation, useNavigate, useNavigation } from "@remix-run/react";
import { useEffect, useRef } from "react";

import { KEPT_PARAMS } from "./embedded-href.ts";

/** How long typing rests before what was typed is asked. */
export const TYPING_MS = 300;

/** Parameters that say which page of a list is shown; gone when the list changes. */
const POSITION = ["after", "before"];
/** Shopify's own, which an address has when the app has just been opened. */
const NOT_A_LISTS = new Set([...KEPT_PARAMS, "id_token", "hmac", "session", "timestamp"]);

/** What a list is asked, by an address's query: everything that is neither Shopify's nor a position. */
export function askedParams(search: string): URLSearchParams {
  const asked = [...new URLSearchParams(search)].filter(
    ([name]) => !NOT_A_LISTS.has(name) && !POSITION.includes(name),
  );
  return new URLSearchParams(asked);
}

/** The query of the same page with other questions: each named parameter has these values, none takes it away. The list then begins at its beginning. */
export function changedQuery(search: string, changes: Record<string, readonly string[]>): string {
  const kept = [...new URLSearchParams(search)].filter(([name]) => KEPT_PARAMS.includes(name));
  const asked = [...askedParams(search)].filter(([name]) => !Object.hasOwn(changes, name));
  const changed = Object.entries(changes).flatMap(([name, values]) => values.map((value) => [name, value]));
  return new URLSearchParams([...kept, ...asked, ...changed]).toString();
}

/**
 * A list's questions as the address has them, and what changes them. The address is the only place that holds them: a reload or a shared
 * link shows the same. A change begins with what was asked last, not with what is shown: of two quick ones neither is lost.
 */
export function useListParams() {
  const { pathname, search } = useLocation();
  const navigation = useNavigation();
  const navigate = useNavigate();
  // While an answer is on its way the address is still the old one.
  const wanted = navigation.location?.pathname === pathname ? navigation.location.search : search;
  const latest = useRef(wanted);
  useEffect(() => {
    latest.current = wanted;
  }, [wanted]);
  return {
    /** What the rows that are shown answer. */
    asked: askedParams(search),
    /** What was asked last; its rows may not have come yet. */
    wanted: askedParams(wanted),
    change: (changes: Record<string, readonly string[]>, { replace = false } = {}) => {
      const query = changedQuery(latest.current, changes);
      latest.current = `?${query}`;
      navigate(`${pathname}?${query}`, { replace, preventScrollReset: true });
    },
  };
}
