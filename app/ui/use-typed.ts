import { useLocation, useNavigation } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";

import { TYPING_MS } from "./list-params.ts";

/** What an address is changed by, that a text is searched for; an empty one ends the search. */
export function searched(text: string): Record<string, readonly string[]> {
  return { search: text === "" ? [] : [text] };
}

/**
 * What is typed, and asked for once the typing stops. The answer to it comes while a person types on: that changes nothing. An address
 * that changes by itself (the way back, a view) is followed. `settle` takes a text as asked for already; so does who has gone to
 * another page: asked then, it would bring them back.
 */
export function useTyped(known: string, ask: (text: string) => void) {
  const [state, setState] = useState({ known, typed: known, asked: known });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { pathname } = useLocation();
  const { location } = useNavigation();
  const isLeaving = location !== undefined && location.pathname !== pathname;
  useEffect(() => {
    const stop = () => {
      clearTimeout(timer.current);
    };
    if (isLeaving) stop();
    return stop;
  }, [isLeaving]);
  if (state.known !== known)
    setState(known === state.asked ? { ...state, known } : { known, typed: known, asked: known });
  const settle = (typed: string) => {
    clearTimeout(timer.current);
    setState((before) => ({ ...before, typed, asked: typed.trim() }));
  };
  const type = (typed: string) => {
    setState((before) => ({ ...before, typed }));
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const text = typed.trim();
      setState((before) => ({ ...before, asked: text }));
      ask(text);
    }, TYPING_MS);
  };
  return { typed: state.typed, type, settle };
}
