import { useEffect, useState } from "react";

import { payloadPath, type VersionView } from "./cache-view.ts";

export type PayloadText =
  { state: "loading" } | { state: "lost"; again: () => void } | { state: "there"; raw: string };

/**
 * The text of one version, asked for when it is to be shown. App Bridge signs the request.
 * @param known texts that came with the page, by content hash
 */
export function usePayloadText(version: VersionView, known: Readonly<Record<string, string>>): PayloadText {
  const path = payloadPath(version);
  const given = known[version.contentHash];
  const [answer, setAnswer] = useState<{ path: string; raw: string | null }>();
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (given !== undefined) return;
    const stop = new AbortController();
    fetch(path, { signal: stop.signal })
      .then(async (response) => (response.ok ? response.text() : null))
      .then(
        (raw) => {
          if (!stop.signal.aborted) setAnswer({ path, raw });
        },
        () => {
          if (!stop.signal.aborted) setAnswer({ path, raw: null });
        },
      );
    return () => {
      stop.abort();
    };
  }, [path, given, tries]);
  if (given !== undefined) return { state: "there", raw: given };
  if (answer?.path !== path) return { state: "loading" };
  if (answer.raw !== null) return { state: "there", raw: answer.raw };
  const again = () => {
    setAnswer(undefined);
    setTries(tries + 1);
  };
  return { state: "lost", again };
}
