/** How ways in are called in sentences. */
export const doorWords = {
  window: 'the window',
  browser: 'a browser',
  cli: 'the command line',
  api: 'the API',
} as const;
