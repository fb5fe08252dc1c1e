import { useBlocker } from "@remix-run/react";
import { SaveBar, useAppBridge } from "@shopify/app-bridge-react";
import { useEffect } from "react";

/**
 * Shopify Admin's bar for changes that are not saved yet. Whoever goes to another page with such changes is asked first, by the
 * Admin, in its words.
 */
export function UnsavedChanges({
  id,
  open,
  saving,
  onSave,
  onDiscard,
}: {
  id: string;
  open: boolean;
  saving: boolean;
  onSave: () => void;
  onDiscard: () => void;
}) {
  const shopify = useAppBridge();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => open && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (blocker.state !== "blocked") return;
    shopify.saveBar.leaveConfirmation().then(
      () => {
        blocker.proceed();
      },
      () => {
        blocker.reset();
      },
    );
  }, [blocker, shopify]);
  return (
    <SaveBar id={id} open={open} discardConfirmation>
      <button variant="primary" disabled={saving} onClick={onSave}>
        Save
      </button>
      <button disabled={saving} onClick={onDiscard}>
        Discard
      </button>
    </SaveBar>
  );
}
