import { TitleBar } from "@shopify/app-bridge-react";
import { Page, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

import { useEmbeddedHref } from "./embedded-href.ts";

export type PageAction = { label: string; onAction: () => void; primary?: boolean; disabled?: boolean };

/**
 * What every page stands in: its title in Shopify Admin's title bar with the page's actions, the way back to the list it belongs to,
 * and the page's width. A page that has a way back also shows its title, with its badges.
 */
export function PageFrame({
  title,
  subtitle,
  badges,
  back,
  actions = [],
  width = "usual",
  children,
}: {
  title: string;
  subtitle?: string;
  badges?: ReactNode;
  /** The list it belongs to: its name, and its path in the app. */
  back?: { label: string; path: string };
  actions?: readonly PageAction[];
  /** "full" for long tables. */
  width?: "usual" | "full";
  children: ReactNode;
}) {
  const href = useEmbeddedHref();
  const head = back
    ? { title, subtitle, titleMetadata: badges, backAction: { content: back.label, url: href(back.path) } }
    : {};
  return (
    <Page fullWidth={width === "full"} {...head}>
      <TitleBar title={title}>
        {actions.map(({ label, onAction, primary, disabled }) => (
          <button
            key={label}
            variant={primary ? "primary" : undefined}
            disabled={disabled}
            onClick={onAction}
          >
            {label}
          </button>
        ))}
      </TitleBar>
      {back ? null : (
        <Text as="h1" variant="headingLg" visuallyHidden>
          {title}
        </Text>
      )}
      {children}
    </Page>
  );
}
