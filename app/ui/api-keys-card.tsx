import {
  Badge,
  Banner,
  BlockStack,
  Button,
  Card,
  ChoiceList,
  Form,
  FormLayout,
  InlineStack,
  SkeletonBodyText,
  Text,
  TextField,
} from "@shopify/polaris";
import { useEffect, useState } from "react";

import { askApi, type ApiProblem } from "./ask-api.ts";
import { useFormat } from "./shop-format.tsx";

type ApiKeyView = {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  createdAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
};

const PATH = "/api/shopify/api-keys";
const SCOPES = [
  { value: "read", label: "Read", helpText: "Everything that is here" },
  { value: "sync", label: "Sync", helpText: "Start and stop jobs, retry, fetch one order" },
  { value: "erp", label: "ERP", helpText: "Act on orders, parcels and stock; nothing asks for it yet" },
];

/** Keys by which other systems call the API: made (and shown this once), listed, revoked. */
export function ApiKeysCard() {
  const [keys, setKeys] = useState<ApiKeyView[] | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [made, setMade] = useState<{ name: string; key: string } | null>(null);

  const [changes, setChanges] = useState(0);
  useEffect(() => {
    let isGone = false;
    void askApi<{ items: ApiKeyView[] }>("GET", PATH).then((answer) => {
      if (isGone) return;
      if (answer.ok) setKeys(answer.body.items);
      else setProblem(answer.problem);
    });
    return () => {
      isGone = true;
    };
  }, [changes]);
  const reload = () => {
    setChanges((count) => count + 1);
  };

  const create = async (name: string, scopes: string[]): Promise<boolean> => {
    const answer = await askApi<{ key: string }>("POST", PATH, { name, scopes });
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return false;
    setMade({ name, key: answer.body.key });
    reload();
    return true;
  };
  const revoke = async (id: string) => {
    const answer = await askApi("DELETE", `${PATH}/${id}`);
    setProblem(answer.ok ? null : answer.problem);
    reload();
  };

  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          API keys
        </Text>
        <Text as="p" tone="subdued">
          With a key another system, an ERP for example, calls this app for this shop. A key is shown once;
          give each system its own, so that one can be revoked without the others.
        </Text>
        {problem ? (
          <Banner tone="critical" title={problem.message}>
            <Text as="p">{problem.next}</Text>
          </Banner>
        ) : null}
        {made ? (
          <NewKey
            made={made}
            onDone={() => {
              setMade(null);
            }}
          />
        ) : null}
        {keys === null && problem === null ? <SkeletonBodyText lines={2} /> : null}
        {keys?.length === 0 ? <Text as="p">There is no key yet.</Text> : null}
        {keys?.map((key) => (
          <KeyRow key={key.id} apiKey={key} onRevoke={revoke} />
        ))}
        <NewKeyForm onCreate={create} />
      </BlockStack>
    </Card>
  );
}

function NewKey({ made, onDone }: { made: { name: string; key: string }; onDone: () => void }) {
  return (
    <Banner
      tone="success"
      title={`The key of ${made.name}: copy it now, it is not shown again`}
      onDismiss={onDone}
    >
      <TextField
        label="Key"
        labelHidden
        autoComplete="off"
        readOnly
        selectTextOnFocus
        monospaced
        value={made.key}
      />
    </Banner>
  );
}

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKeyView; onRevoke: (id: string) => Promise<void> }) {
  const format = useFormat();
  const [asked, setAsked] = useState(false);
  const { id, name, prefix, scopes, lastUsedAt, revokedAt } = apiKey;
  const used = lastUsedAt === null ? "never used" : `last used ${format.dateTime(lastUsedAt)}`;
  return (
    <InlineStack align="space-between" blockAlign="center" gap="200">
      <BlockStack gap="050">
        <InlineStack gap="200" blockAlign="center">
          <Text as="span" fontWeight="medium" breakWord>
            {name}
          </Text>
          {revokedAt === null ? (
            scopes.map((scope) => <Badge key={scope}>{scope}</Badge>)
          ) : (
            <Badge>Revoked</Badge>
          )}
        </InlineStack>
        <Text as="span" tone="subdued">
          {revokedAt === null ? `${prefix}… · ${used}` : `${prefix}… · revoked ${format.dateTime(revokedAt)}`}
        </Text>
      </BlockStack>
      {revokedAt !== null ? null : asked ? (
        <InlineStack gap="200">
          <Button
            onClick={() => {
              setAsked(false);
            }}
          >
            Keep
          </Button>
          <Button tone="critical" variant="primary" onClick={() => void onRevoke(id)}>
            Revoke now
          </Button>
        </InlineStack>
      ) : (
        <Button
          tone="critical"
          accessibilityLabel={`Revoke the key of ${name}`}
          onClick={() => {
            setAsked(true);
          }}
        >
          Revoke
        </Button>
      )}
    </InlineStack>
  );
}

function NewKeyForm({ onCreate }: { onCreate: (name: string, scopes: string[]) => Promise<boolean> }) {
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<string[]>(["read"]);
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    if (await onCreate(name.trim(), scopes)) setName("");
    setBusy(false);
  };
  return (
    <Form onSubmit={() => void submit()}>
      <FormLayout>
        <TextField
          label="Which system is it for?"
          autoComplete="off"
          maxLength={100}
          placeholder="Warehouse"
          value={name}
          onChange={setName}
        />
        <ChoiceList title="It may" allowMultiple choices={SCOPES} selected={scopes} onChange={setScopes} />
        <Button submit loading={busy} disabled={name.trim() === "" || scopes.length === 0}>
          Create API key
        </Button>
      </FormLayout>
    </Form>
  );
}
