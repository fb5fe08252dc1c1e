import { useEffect, useRef, useState } from "react";

import { isDay } from "#app/lib/zoned-day.ts";

import { TYPING_MS } from "./list-params.ts";

type Changes = Record<string, readonly string[]>;

/**
 * The days of a list's filters as they are typed. A date field tells of every digit of a year ("0002-11-22"): a day is asked for once the
 * typing rests, and only if it is one. `take` gives what is typed and not asked for yet to whoever asks in its stead.
 */
export function useTypedDays(asked: URLSearchParams, ask: (changes: Changes) => void) {
  const [typed, setTyped] = useState<Record<string, string>>({});
  const waiting = useRef<Changes>({});
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // By the time it rests another answer may have come, and the address be another one.
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
  const known = Object.keys(typed).filter((name) => (asked.get(name) ?? "") === typed[name]);
  if (known.length > 0)
    setTyped(Object.fromEntries(Object.entries(typed).filter(([name]) => !known.includes(name))));
  const take = (): Changes => {
    clearTimeout(timer.current);
    const changes = waiting.current;
    waiting.current = {};
    return changes;
  };
  return {
    value: (name: string) => typed[name] ?? asked.get(name) ?? "",
    type: (name: string, day: string) => {
      const others = Object.entries(take()).filter(([other]) => other !== name);
      waiting.current = Object.fromEntries(others);
      if (day === "" || isDay(day)) waiting.current[name] = day === "" ? [] : [day];
      setTyped((before) => ({ ...before, [name]: day }));
      timer.current = setTimeout(() => {
        latest.current(take());
      }, TYPING_MS);
    },
    take,
  };
}
