/** What is wrong, and what to do about it. */
export function Notice({
  tone,
  heading,
  message,
  more = [],
  next,
}: {
  tone: "critical" | "warning" | "info";
  heading: string;
  message: string;
  more?: readonly string[];
  next?: string;
}) {
  return (
    <s-banner tone={tone} heading={heading}>
      <s-paragraph>{message}</s-paragraph>
      {more.map((words) => (
        <s-paragraph key={words}>{words}</s-paragraph>
      ))}
      {next !== undefined && <s-paragraph>What to do: {next}</s-paragraph>}
    </s-banner>
  );
}
