/** What the app's side of App Bridge tells the Admin to draw. */
export type NavItem = { label: string; href: string; isHome: boolean };
export type ButtonState = { label: string; disabled: boolean; loading: boolean };
export type TitleAction = ButtonState & {
  index: number;
  variant: string | null;
  isCritical: boolean;
  /** The label of the `section` it stands in. */
  group: string | null;
};
export type TitleBar = { title: string; actions: TitleAction[] };
export type SaveBar = { save: ButtonState; discard: ButtonState; asksToDiscard: boolean };
export type Toast = { id: string; message: string; isError: boolean; duration: number };
