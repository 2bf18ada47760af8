/**
 * The version that a tool prints, e.g. `1.7.1` or `1.8.0-nightly`; undefined: there is none. What
 * marks a release, as in `1.7.1-stable` or `1.7.1-v1.7.1`, says no more and is left out.
 */
export const versionIn = (text: string): string | undefined =>
  /\d+\.\d+\.\d+(?:-[\w.]+)?/.exec(text)?.[0].replace(/-(?:stable|v\d.*)$/, '');
