/** Whether a path is of the plain API. Our pages have none of these: they lie behind a `#`. */
export const isLegacy = (pathname: string): boolean =>
  /^\/(deploy|publish|networks|admin|containers)(\/|$)/.test(pathname);
