import { BlockStack, Text } from "@shopify/polaris";

export type SumRow = {
  words: string;
  amount: string;
  /** A sum of what stands above. */
  isSum?: boolean;
  /** Beside the sum, no part of it. */
  isAside?: boolean;
  /** What should not be. */
  isWrong?: boolean;
};

/** Amounts under each other, as an account is written: a table of two columns that fits every width. */
export function OrderSums({
  caption,
  isCaptionShown = false,
  rows,
}: {
  caption: string;
  isCaptionShown?: boolean;
  rows: readonly SumRow[];
}) {
  return (
    <BlockStack gap="200">
      {isCaptionShown ? (
        <Text as="h3" variant="headingSm">
          {caption}
        </Text>
      ) : null}
      <table aria-label={caption} style={{ width: "100%", borderCollapse: "collapse" }}>
        <tbody>
          {rows.map((row, index) => (
            <tr
              key={`${String(index)} ${row.words}`}
              style={row.isSum ? { borderTop: "1px solid var(--p-color-border)" } : undefined}
            >
              <th
                scope="row"
                style={{ textAlign: "start", fontWeight: "inherit", padding: "var(--p-space-100) 0" }}
              >
                <Cell row={row}>{row.words}</Cell>
              </th>
              <td
                style={{
                  textAlign: "end",
                  whiteSpace: "nowrap",
                  verticalAlign: "top",
                  padding: "var(--p-space-100) 0 var(--p-space-100) var(--p-space-200)",
                }}
              >
                <Cell row={row}>{row.amount}</Cell>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </BlockStack>
  );
}

function Cell({ row: { isSum, isAside, isWrong }, children }: { row: SumRow; children: string }) {
  return (
    <Text
      as="span"
      numeric
      breakWord
      fontWeight={isSum || isWrong ? "semibold" : "regular"}
      tone={isWrong ? "critical" : isAside ? "subdued" : undefined}
    >
      {children}
    </Text>
  );
}
