/** Where the window's pages live: a scheme of our own, so that no other content shares their origin. */
export const scheme = 'app';
export const productionOrigin = `${scheme}://drydock`;

/**
 * The origin of our pages: with hot reload that of the development server, which only an unpackaged
 * app accepts.
 */
export function pagesOrigin(isPackaged: boolean, developmentUrl: string | undefined): string {
  if (isPackaged || !developmentUrl) return productionOrigin;
  return originOf(developmentUrl) ?? productionOrigin;
}

/** Also of addresses with a scheme of our own, for which `URL.origin` is "null". */
export function originOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}`;
}

/**
 * What leads a window to a page such as `/deployments/7`.
 *
 * @param shown the address that the window shows: it is led on from there as by a fragment, which
 * loads nothing anew, and what a person has typed stays. Empty, or of another origin: it is loaded.
 */
export function pageAddress(origin: string, page: string, shown = ''): string {
  if (originOf(shown) !== origin) return `${origin}${page}`;
  return `${shown.replace(/#.*$/, '')}#${page}`;
}

/** The page that an address of the window shows, or leads to. */
export function pageOf(address: string): string {
  if (!URL.canParse(address)) return '/';
  const { pathname, search, hash } = new URL(address);
  return hash.startsWith('#/') ? hash.slice(1) : pathname + search;
}

/** The page with the dialog that adds a folder, over whatever is shown. */
export const addPage = (folder?: string): string =>
  folder === undefined ? '/open/add-project' : `/open/add-project/${encodeURIComponent(folder)}`;
