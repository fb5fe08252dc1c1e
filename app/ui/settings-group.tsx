import { Box, Layout } from "@shopify/polaris";
import type { ReactNode } from "react";

/** A group of settings with what it is about beside it; on a phone above it, in line with its fields. */
export function SettingsGroup({
  title,
  description,
  children,
}: {
  title: string;
  description: string;
  children: ReactNode;
}) {
  const inLine = (text: string) => <Box paddingInline={{ xs: "400", sm: "0" }}>{text}</Box>;
  return (
    <Layout.AnnotatedSection title={inLine(title)} description={inLine(description)}>
      {children}
    </Layout.AnnotatedSection>
  );
}
