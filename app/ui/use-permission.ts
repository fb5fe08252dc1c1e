import { useAppBridge } from "@shopify/app-bridge-react";
import { useState } from "react";

/** How Shopify's question about a permission went, where it was not given. */
export type PermissionProblem = { scope: string; why: "declined" | "failed" };

/**
 * Asks the merchant, in Shopify's own dialog, for a permission that the app declares as optional.
 * @param onGiven is told once Shopify has given it
 */
export function usePermission(onGiven: () => void): {
  /** The permission being asked for now. */
  asking: string | null;
  problem: PermissionProblem | null;
  ask: (scope: string) => void;
} {
  const shopify = useAppBridge();
  const [asking, setAsking] = useState<string | null>(null);
  const [problem, setProblem] = useState<PermissionProblem | null>(null);
  const ask = (scope: string) => {
    setAsking(scope);
    setProblem(null);
    shopify.scopes
      .request([scope])
      .then(({ result }) => {
        if (result === "granted-all") onGiven();
        else setProblem({ scope, why: "declined" });
      })
      .catch(() => {
        setProblem({ scope, why: "failed" });
      })
      .finally(() => {
        setAsking(null);
      });
  };
  return { asking, problem, ask };
}
