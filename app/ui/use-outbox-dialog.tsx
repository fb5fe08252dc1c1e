import { useState, type ReactNode } from "react";

import type { OutboxRow } from "#app/writeback/outbox-row.ts";

import { OutboxModal } from "./outbox-modal.tsx";
import type { PageAnswer } from "./page-answer.ts";
import { useIntent } from "./use-intent.ts";

type Asked = { row: OutboxRow; before: PageAnswer | undefined };

/** The dialog of one update: everything that is known of it, and the decision on it. Closed once that was done. */
export function useOutboxDialog(): { open: (row: OutboxRow) => void; dialog: ReactNode } {
  const { send, pending, answer } = useIntent("outbox-settle");
  const [asked, ask] = useState<Asked | null>(null);
  const news = asked !== null && answer !== asked.before ? answer : undefined;
  const shown = news?.ok ? null : asked;
  return {
    open: (row) => {
      ask({ row, before: answer });
    },
    dialog:
      shown === null ? null : (
        <OutboxModal
          key={shown.row.id}
          row={shown.row}
          isBusy={pending("id") === shown.row.id}
          answer={news}
          onClose={() => {
            ask(null);
          }}
          onDecide={(decision) => {
            send({ intent: "settle", id: shown.row.id, decision });
          }}
        />
      ),
  };
}
