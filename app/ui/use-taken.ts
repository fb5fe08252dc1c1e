import { useRevalidator } from "@remix-run/react";
import { useCallback, useState } from "react";

/**
 * What an editor stands on: the page's data as it was when the person began, however often the page looks again meanwhile. It is taken
 * anew only when asked for: after a save, or when somebody else has saved and the person wants to see that.
 */
export function useTaken<Data extends { version: string }>(
  data: Data,
): { taken: Data; takeNewest: () => void } {
  const [taken, setTaken] = useState(data);
  const [wanted, setWanted] = useState(false);
  const { revalidate } = useRevalidator();
  if (wanted && data.version !== taken.version) {
    setTaken(data);
    setWanted(false);
  }
  const takeNewest = useCallback(() => {
    setWanted(true);
    revalidate();
  }, [revalidate]);
  return { taken, takeNewest };
}
