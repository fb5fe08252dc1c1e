import routes from "#app/routes.ts";

type Route = { path?: string; index?: boolean; children?: Route[] };

/** What stands for the variable parts of an address. */
const FILLED: Record<string, string> = { ":id": "1", ":kind": "order", "*": "no-such-page" };

/** Every address of the app below /app, as app/routes.ts declares them: pages, exports and what pages fetch. */
export function appAddresses(): string[] {
  const below = ({ path, children = [] }: Route, folder: string): string[] => {
    const address = path === undefined ? folder : `${folder}/${path}`;
    return children.length === 0 ? [address] : children.flatMap((child) => below(child, address));
  };
  const all = (routes as Route[]).flatMap((route) => below(route, ""));
  return all
    .filter((address) => /^\/app(\/|$)/.test(address))
    .map((address) =>
      address
        .split("/")
        .map((part) => FILLED[part] ?? part)
        .join("/"),
    );
}
