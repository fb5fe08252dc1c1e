/**
 * The entry of a menu that leads to the page shown or to a list it belongs to: of those whose path the page's begins with, the longest.
 * @param path of the page, and `hrefs` of the menu; what follows a "?" does not count
 */
export function findCurrentPage(path: string, hrefs: readonly string[]): string | undefined {
  const plain = (href: string) => href.split(/[?#]/)[0] ?? "";
  const page = plain(path);
  return hrefs
    .filter((href) => page === plain(href) || page.startsWith(`${plain(href)}/`))
    .sort((a, b) => plain(b).length - plain(a).length)[0];
}
