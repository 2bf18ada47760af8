/** What the renderer's build and the host put beside the pages. */
const besidePages = /^\/(assets|docs|api|rpc)(\/|$)/;

/** A file of the root itself, such as `/index.html`, or a step out of it. */
const rootFile = /^[/\\]?[^/\\]*\./;

/**
 * Whether an address is one of the window's pages, such as `/deployments/7`: all of them are
 * `index.html`, whose router reads the address.
 */
export function isPageAddress(pathname: string): boolean {
  try {
    const decoded = decodeURIComponent(pathname);
    return !besidePages.test(decoded) && !rootFile.test(decoded) && !decoded.includes('\0');
  } catch {
    return false;
  }
}

/** Addresses of pages under which the plain API lists things for programs. */
export const isSharedAddress = (pathname: string): boolean =>
  /^\/(networks|containers)\/?$/.test(pathname);
