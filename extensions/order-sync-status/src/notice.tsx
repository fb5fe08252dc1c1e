/** What is wrong, and what to do about it. */
export function Notice({
  tone,
  heading,
  message,
  next,
}: {
  tone: "critical" | "warning";
  heading: string;
  message: string;
  next?: string;
}) {
  return (
    <s-banner tone={tone} heading={heading}>
      <s-paragraph>{message}</s-paragraph>
      {next !== undefined && <s-paragraph>What to do: {next}</s-paragraph>}
    </s-banner>
  );
}
