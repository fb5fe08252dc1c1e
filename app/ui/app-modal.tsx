import { Modal, TitleBar } from "@shopify/app-bridge-react";
import { Box } from "@shopify/polaris";
import { useEffect, useId, type ReactNode } from "react";

import { rememberFocus } from "./remember-focus.ts";

type ModalAction = {
  content: string;
  onAction: () => void;
  destructive?: boolean;
  disabled?: boolean;
  loading?: boolean;
};

type AppModalProps = {
  title: string;
  primaryAction: ModalAction;
  secondaryActions: readonly ModalAction[];
  /** Asked for by Escape and the Admin's own close button; the one who opened it takes it away. */
  onClose: () => void;
  children: ReactNode;
};

/**
 * A question in Shopify Admin's own modal, over the whole Admin. It is on the page only while it is open: what is typed in it starts
 * anew each time, and a list of fifty rows that each have a question is no fifty modals.
 */
export function AppModal({ open, ...modal }: AppModalProps & { open: boolean }) {
  return open ? <OpenModal {...modal} /> : null;
}

function OpenModal({ title, primaryAction, secondaryActions, onClose, children }: AppModalProps) {
  const id = `modal-${useId().replaceAll(":", "")}`;
  // Runs before the modal is shown, when the focus is still on what opened it.
  useEffect(() => rememberFocus(), []);
  return (
    <Modal id={id} open onHide={onClose}>
      <TitleBar title={title}>
        {[{ ...primaryAction, variant: "primary" as const }, ...secondaryActions].map((action) => (
          <ActionButton key={action.content} {...action} />
        ))}
      </TitleBar>
      <Box padding="400">{children}</Box>
    </Modal>
  );
}

function ActionButton({
  content,
  variant,
  destructive = false,
  disabled = false,
  loading = false,
  onAction,
}: ModalAction & { variant?: "primary" }) {
  return (
    <button
      variant={variant}
      tone={destructive ? "critical" : undefined}
      disabled={disabled}
      // An attribute without a value: React leaves out one that is true and not HTML's own.
      loading={loading ? "" : undefined}
      onClick={onAction}
    >
      {content}
    </button>
  );
}
