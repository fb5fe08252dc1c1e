import { useLocation } from "@remix-run/react";
import { Button, InlineStack } from "@shopify/polaris";

import { useEmbeddedHref } from "./embedded-href.ts";
import { canTryAgain, errorAction } from "./error-action.ts";

/**
 * The next step of a failure as a button, beside its words: the page where it is mended, or what tries the same again. Nothing where
 * the person is on that page already, and no trying again of what would fail the same way.
 */
export function NextStep({
  code,
  retryLabel,
  isBusy = false,
  onRetry,
  otherwise,
}: {
  code: string;
  /** What trying again is called there. */
  retryLabel?: string;
  isBusy?: boolean;
  onRetry?: (() => void) | undefined;
  /** Where it is tried again, for a code that leads nowhere else. */
  otherwise?: { label: string; path: string };
}) {
  const href = useEmbeddedHref();
  const { pathname } = useLocation();
  const { label, path } = errorAction(code);
  if (onRetry && canTryAgain(code))
    return (
      <InlineStack>
        <Button loading={isBusy} onClick={onRetry}>
          {retryLabel ?? "Try again"}
        </Button>
      </InlineStack>
    );
  const leads = path === null ? otherwise : { label, path };
  if (leads === undefined || leads.path === pathname) return null;
  return (
    <InlineStack>
      <Button url={href(leads.path)}>{leads.label}</Button>
    </InlineStack>
  );
}
