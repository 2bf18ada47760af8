import { readdirSync, readFileSync } from 'node:fs';

/** Ids of the gateway processes of a data folder, as the system lists them. Linux only. */
export function gatewaysOf(home: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter(Number.isInteger)
    .filter((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return words.some((word) => /gateway\.(ts|js)$/.test(word)) && words.includes(home);
      } catch {
        return false;
      }
    });
}
