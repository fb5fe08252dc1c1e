import { BlockStack, Button, ButtonGroup, Text } from "@shopify/polaris";
import { useState } from "react";

import { AppModal } from "./app-modal.tsx";
import { cancelWords } from "./cancel-words.ts";
import { jobTitle } from "./job-words.ts";
import { useFormat } from "./shop-format.tsx";
import type { JobView } from "./sync-view.ts";
import { useIntent } from "./use-intent.ts";

/** How a job's controls speak; of whoever shows them, for a refusal is said in the job's full width, also where the job is over by then. */
export function useJobWork({ id }: Pick<JobView, "id">) {
  return useIntent(`job-${id}`);
}

/** What a person may tell a job that is not over. Before it is cancelled they are told what that keeps and loses. */
export function JobControls({
  job,
  work: { send, pending },
}: {
  job: JobView;
  work: ReturnType<typeof useJobWork>;
}) {
  const [isAsked, setAsked] = useState(false);
  const sending = pending("intent");
  const title = jobTitle(job.jobType);
  const button = (intent: string, words: string, onClick: () => void) => (
    <Button
      accessibilityLabel={`${words} ${title}`}
      loading={sending === intent}
      disabled={sending !== null || job.wish !== null}
      onClick={onClick}
    >
      {words}
    </Button>
  );
  const tell = (intent: string) => () => {
    send({ intent, id: job.id });
  };
  const keep = () => {
    setAsked(false);
  };
  return (
    <>
      <ButtonGroup>
        {job.status === "paused"
          ? button("resume-job", "Resume", tell("resume-job"))
          : button("pause-job", "Pause", tell("pause-job"))}
        {button("cancel-job", "Cancel", () => {
          setAsked(true);
        })}
      </ButtonGroup>
      <CancelModal
        job={job}
        isOpen={isAsked}
        onKeep={keep}
        onCancel={() => {
          keep();
          tell("cancel-job")();
        }}
      />
    </>
  );
}

function CancelModal({
  job,
  isOpen,
  onKeep,
  onCancel,
}: {
  job: JobView;
  isOpen: boolean;
  onKeep: () => void;
  onCancel: () => void;
}) {
  const { keeps, loses, instead } = cancelWords(job, useFormat());
  return (
    <AppModal
      open={isOpen}
      onClose={onKeep}
      title={`Cancel the job “${jobTitle(job.jobType)}”?`}
      primaryAction={{ content: "Cancel job", destructive: true, onAction: onCancel }}
      secondaryActions={[{ content: "Let it go on", onAction: onKeep }]}
    >
      <BlockStack gap="300">
        <Text as="p">{keeps}</Text>
        <Text as="p">{loses}</Text>
        {job.status === "paused" ? null : <Text as="p">{instead}</Text>}
      </BlockStack>
    </AppModal>
  );
}
