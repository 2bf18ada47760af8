/** A name within a comment or a literal of a program, which no name may end or turn around. */
export const plainText = (text: string): string =>
  text.replace(/[^\x20-\x7e]/gu, '?').replace(/["'`\\]|\*\//g, "'");

/** A name as an identifier; empty: nothing of it fits. */
export const identifier = (text: string): string =>
  text
    .replace(/[^A-Za-z0-9_]/g, '_')
    .replace(/^\d/, '_$&')
    .slice(0, 60);

/** What stands at the head of a test: what it is about. */
export interface TestAbout {
  chain: string;
  before: string;
  after: string;
  /** Where the chain listens. */
  url: string;
}
