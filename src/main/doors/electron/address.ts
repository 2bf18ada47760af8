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

/** Where the window finds a page such as `/deployments/7`. */
export const pageAddress = (origin: string, page: string): string =>
  page === '/' ? `${origin}/` : `${origin}/#${page}`;

/** The page with the dialog that adds a folder, over whatever is shown. */
export const addPage = (folder?: string): string =>
  folder === undefined ? '/open/add-project' : `/open/add-project/${encodeURIComponent(folder)}`;
