/**
 * The version that a tool prints, e.g. `1.7.1` or `1.8.0-nightly`; undefined: there is none. That of
 * a release may be marked as `-stable`, which says no more.
 */
export const versionIn = (text: string): string | undefined =>
  /\d+\.\d+\.\d+(?:-[\w.]+)?/.exec(text)?.[0].replace(/-stable$/, '');
