/**
 * The most bytes of a file that lists libraries: it is processed synchronously, on the main thread.
 */
export const LIST_BYTES = 100_000;

/** The most libraries in one list that are looked for. */
export const MOST_LISTED = 300;
