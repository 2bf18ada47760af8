const LABELS = '(?:[a-z0-9-]+\\.)*';
const LOOPBACK = new RegExp(
  `^(?:${LABELS}localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1\\])$`,
);

/**
 * Whether a host, as browsers write it in an origin, is this machine. Its pages may call everything,
 * whatever is decided about pages.
 */
export const isLoopbackHost = (host: string): boolean => LOOPBACK.test(host);
