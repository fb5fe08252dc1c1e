import {
  BlockStack,
  Button,
  Card,
  DropZone,
  InlineGrid,
  InlineStack,
  Text,
  TextField,
} from "@shopify/polaris";
import { useState } from "react";

import { AnswerProblem } from "./answer-problem.tsx";
import { RemittanceDone } from "./remittance-done.tsx";
import { RemittancePreviewPart } from "./remittance-preview.tsx";
import type { RemittanceAnswer } from "./remittance-view.ts";
import { useFormat } from "./shop-format.tsx";
import { useIntent } from "./use-intent.ts";

const MOST_BYTES = 1_500_000;
const NO_DEFAULTS = { reference: "", date: "" };
/** What a spreadsheet's own file begins with, whatever its name says. */
const ZIP = "PK\u0003\u0004";
const NO_CSV = "This is no CSV: save the courier's file as CSV in your spreadsheet first.";

/** Takes a courier's CSV, shows what it says, and books it only then. */
export function RemittanceUploadCard() {
  const format = useFormat();
  const { send, pending, answer } = useIntent<RemittanceAnswer>("remittance-file");
  const [file, setFile] = useState<{ name: string; text: string } | null>(null);
  const [defaults, setDefaults] = useState(NO_DEFAULTS);
  const [refused, setRefused] = useState<string | null>(null);
  const [answered, setAnswered] = useState(answer);
  if (answer !== answered) {
    setAnswered(answer);
    // What was booked need not be looked at any more.
    if (answer?.ok && answer.booked !== undefined) {
      setFile(null);
      setDefaults(NO_DEFAULTS);
    }
  }
  const busyWith = pending("intent");
  const preview = file !== null && answer?.ok ? answer.preview : undefined;

  const look = (text: string) => {
    send({ intent: "preview", text, ...defaults });
  };
  const take = async (chosen: File | undefined) => {
    if (chosen === undefined) {
      setRefused(NO_CSV);
      return;
    }
    if (chosen.size > MOST_BYTES) {
      setRefused("The file is larger than 1.5 MB: split it into smaller ones.");
      return;
    }
    const text = await chosen.text();
    if (text.startsWith(ZIP)) {
      setRefused(NO_CSV);
      return;
    }
    setRefused(null);
    setFile({ name: chosen.name, text });
    look(text);
  };
  const done = file === null && answer?.ok ? answer.booked : undefined;
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            Book what a courier paid out
          </Text>
          <Text as="p" tone="subdued">
            A CSV with a row for each AWB: AWB, amount paid out, deduction, reference (UTR) and date. You see
            what it says before anything is booked. What does not fit goes into the queue of differences
            below.
          </Text>
        </BlockStack>
        <AnswerProblem answer={answer} />
        {refused === null ? null : (
          <Text as="p" tone="critical">
            {refused}
          </Text>
        )}
        {file === null ? (
          <DropZone
            label="Courier's CSV file"
            labelHidden
            type="file"
            accept=".csv,.txt,text/csv"
            allowMultiple={false}
            variableHeight
            onDrop={(_files, [accepted]) => void take(accepted)}
          >
            <DropZone.FileUpload actionTitle="Choose CSV file" actionHint="or drop it here" />
          </DropZone>
        ) : (
          <>
            <Text as="h3" variant="headingSm" breakWord>
              {file.name}
            </Text>
            {preview === undefined ? (
              <Text as="p">{busyWith === null ? "The file was not read." : "The file is being read…"}</Text>
            ) : (
              <RemittancePreviewPart preview={preview} />
            )}
            {preview !== undefined && preview.asks.length > 0 ? (
              <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
                {preview.asks.includes("reference") ? (
                  <TextField
                    label="Reference of all rows"
                    helpText="The file has no such column."
                    value={defaults.reference}
                    onChange={(reference) => {
                      setDefaults({ ...defaults, reference });
                    }}
                    maxLength={200}
                    autoComplete="off"
                  />
                ) : null}
                {preview.asks.includes("date") ? (
                  <TextField
                    label="Paid on"
                    type="date"
                    helpText="The file has no such column."
                    value={defaults.date}
                    onChange={(date) => {
                      setDefaults({ ...defaults, date });
                    }}
                    autoComplete="off"
                  />
                ) : null}
              </InlineGrid>
            ) : null}
            <InlineStack gap="200">
              {preview !== undefined && preview.count > 0 ? (
                <Button
                  variant="primary"
                  loading={busyWith === "book"}
                  onClick={() => {
                    send({ intent: "book", text: file.text, ...defaults });
                  }}
                >
                  {`Book ${format.number(preview.count)} ${preview.count === 1 ? "row" : "rows"}`}
                </Button>
              ) : (
                <Button
                  loading={busyWith === "preview"}
                  onClick={() => {
                    look(file.text);
                  }}
                >
                  Read it again
                </Button>
              )}
              <Button
                disabled={busyWith === "book"}
                onClick={() => {
                  setFile(null);
                  // Another statement has another reference and day.
                  setDefaults(NO_DEFAULTS);
                }}
              >
                Choose another file
              </Button>
            </InlineStack>
          </>
        )}
        {done === undefined ? null : <RemittanceDone {...done} />}
      </BlockStack>
    </Card>
  );
}
