import {
  BlockStack,
  Button,
  Card,
  FormLayout,
  InlineStack,
  Select,
  SkeletonBodyText,
  Text,
} from "@shopify/polaris";
import { useMemo, useState } from "react";

import type { PayloadShape } from "#app/cache/cache-tables.ts";

import { shapeWords, sourceWords } from "./cache-words.ts";
import type { VersionView } from "./cache-view.ts";
import { diffJson, type JsonChange } from "./diff-json.ts";
import { PayloadLost } from "./entry-payload.tsx";
import { jsonPathWords } from "./json-path.ts";
import { parseJson } from "./parse-json.ts";
import { useFormat } from "./shop-format.tsx";
import { usePayloadText } from "./use-payload-text.ts";
import { versionsByShape } from "./versions-by-shape.ts";
import { writeJson } from "./write-json.ts";

const AT_ONCE = 100;
const MOST_LETTERS = 300;

/** What changed between two versions of one shape. */
export function EntryDiff({
  versions,
  known,
}: {
  versions: readonly VersionView[];
  known: Record<string, string>;
}) {
  const format = useFormat();
  const shapes = versionsByShape(versions).filter(({ versions: of }) => of.length > 1);
  const [chosen, choose] = useState<{ shape?: PayloadShape; older?: string; newer?: string }>({});
  const group = shapes.find(({ shape }) => shape === chosen.shape) ?? shapes[0];
  const heading = (
    <Text as="h2" variant="headingMd">
      What changed
    </Text>
  );
  const [newest, before] = group?.versions ?? [];
  if (!group || !newest || !before)
    return (
      <Card>
        <BlockStack gap="200">
          {heading}
          <Text as="p" tone="subdued">
            Nothing to compare: Shopify has sent one version of it so far, or the time for which older ones
            are kept is over.
          </Text>
        </BlockStack>
      </Card>
    );
  const find = (hash: string | undefined) => group.versions.find(({ contentHash }) => contentHash === hash);
  const newer = find(chosen.newer) ?? newest;
  const older = find(chosen.older) ?? before;
  const options = group.versions.map((version) => ({
    value: version.contentHash,
    label: `${format.dateTime(version.shopifyUpdatedAt ?? version.receivedAt)}, ${sourceWords[version.source].toLowerCase()}, ${version.contentHash.slice(0, 6)}`,
  }));
  return (
    <Card>
      <BlockStack gap="300">
        {heading}
        <FormLayout>
          {shapes.length > 1 ? (
            <Select
              label="Worded as"
              options={shapes.map(({ shape }) => ({ value: shape, label: shapeWords[shape] }))}
              value={group.shape}
              onChange={(shape) => {
                choose({ shape: shape as PayloadShape });
              }}
            />
          ) : null}
          <FormLayout.Group>
            <Select
              label="From"
              options={options}
              value={older.contentHash}
              onChange={(hash) => {
                choose({ ...chosen, older: hash });
              }}
            />
            <Select
              label="To"
              options={options}
              value={newer.contentHash}
              onChange={(hash) => {
                choose({ ...chosen, newer: hash });
              }}
            />
          </FormLayout.Group>
        </FormLayout>
        <Difference
          key={`${older.contentHash} ${newer.contentHash}`}
          older={older}
          newer={newer}
          known={known}
        />
      </BlockStack>
    </Card>
  );
}

function Difference({
  older,
  newer,
  known,
}: {
  older: VersionView;
  newer: VersionView;
  known: Record<string, string>;
}) {
  const from = usePayloadText(older, known);
  const to = usePayloadText(newer, known);
  if (from.state === "lost") return <PayloadLost again={from.again} />;
  if (to.state === "lost") return <PayloadLost again={to.again} />;
  if (from.state === "loading" || to.state === "loading") return <SkeletonBodyText lines={4} />;
  return <Changes from={from.raw} to={to.raw} />;
}

function Changes({ from, to }: { from: string; to: string }) {
  const { number } = useFormat();
  const [shown, show] = useState(AT_ONCE);
  const changes = useMemo(() => {
    const [before, after] = [parseJson(from), parseJson(to)];
    return before && after ? diffJson(before, after) : null;
  }, [from, to]);
  if (changes === null)
    return <Text as="p">One of the two is not JSON: show each of them above and compare them by eye.</Text>;
  if (changes.length === 0)
    return <Text as="p">Nothing: they say the same, at most in another order of fields.</Text>;
  return (
    <BlockStack gap="300">
      <Text as="p" tone="subdued">
        {changes.length === 1 ? "1 difference" : `${number(changes.length)} differences`}
      </Text>
      <ul
        style={{ listStyle: "none", margin: 0, padding: 0, display: "grid", gap: "0.75rem" }}
        aria-label="Differences"
      >
        {changes.slice(0, shown).map((change) => (
          <li key={`${change.kind} ${jsonPathWords(change.path)}`} style={{ overflowWrap: "anywhere" }}>
            <Change change={change} />
          </li>
        ))}
      </ul>
      {changes.length > shown ? (
        <InlineStack>
          <Button
            onClick={() => {
              show(shown + AT_ONCE);
            }}
          >
            {`Show more of ${number(changes.length)}`}
          </Button>
        </InlineStack>
      ) : null}
    </BlockStack>
  );
}

const kindWords: Record<JsonChange["kind"], string> = {
  added: "Added",
  removed: "Removed",
  changed: "Changed",
  reordered: "Other order",
};

function Change({ change }: { change: JsonChange }) {
  return (
    <BlockStack gap="050">
      <span>
        <Text as="span" fontWeight="semibold">{`${kindWords[change.kind]} `}</Text>
        <code>{jsonPathWords(change.path)}</code>
      </span>
      {"before" in change ? (
        <span>
          <Text as="span" tone="subdued">
            was{" "}
          </Text>
          <del style={{ textDecoration: "none" }}>
            <code>{cut(writeJson(change.before))}</code>
          </del>
        </span>
      ) : null}
      {"after" in change ? (
        <span>
          <Text as="span" tone="subdued">
            is{" "}
          </Text>
          <ins style={{ textDecoration: "none" }}>
            <code>{cut(writeJson(change.after))}</code>
          </ins>
        </span>
      ) : null}
    </BlockStack>
  );
}

function cut(text: string): string {
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)} …` : text;
}
