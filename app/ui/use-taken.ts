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
  const [wish, setWish] = useState<"none" | "asked" | "loading">("none");
  const { revalidate, state } = useRevalidator();
  if (wish !== "none" && data.version !== taken.version) {
    setTaken(data);
    setWish("none");
  } else if (wish === "asked" && state === "loading") setWish("loading");
  // A save that changed nothing brings no newer data: the wish ends, or it would take somebody else's save later, unasked.
  else if (wish === "loading" && state === "idle") setWish("none");
  const takeNewest = useCallback(() => {
    setWish("asked");
    revalidate();
  }, [revalidate]);
  return { taken, takeNewest };
}
