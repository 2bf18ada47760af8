import type { CodeGap } from './compiled-contract.ts';

/** What compilers put where the address of a library goes, in both of the forms that there have been. */
const PLACEHOLDER = /__\$[0-9a-f]{34}\$__|__.{36}__/gi;
const ADDRESS = 20;

/**
 * Where a compiler's code waits for addresses of libraries.
 *
 * @param code hex digits, without 0x
 */
export const gapsOf = (code: string): CodeGap[] =>
  code.includes('_')
    ? [...code.matchAll(PLACEHOLDER)].map(({ index }) => ({ start: index / 2, length: ADDRESS }))
    : [];
