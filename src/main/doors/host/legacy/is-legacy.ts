/** Whether a path is of the plain API. Pages about what is inside of a network lie deeper. */
export const isLegacy = (pathname: string): boolean =>
  /^\/(deploy|publish|admin|containers)(\/|$)|^\/networks(\/[^/]*)?\/?$/.test(pathname);
