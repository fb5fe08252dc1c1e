/** How a wish went that a person sent to a page's action. A null message: what the page shows then speaks for itself. */
export type PageAnswer =
  { ok: true; message: string | null } | { ok: false; code: string; message: string; next: string };
