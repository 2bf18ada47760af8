/** Where the documentation explains an error code: a path of the window's and the host's pages. */
export const helpPage = (code: string): string =>
  `/docs/troubleshooting.html#${code.toLowerCase()}`;
