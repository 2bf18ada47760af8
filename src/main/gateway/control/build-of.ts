import { statSync } from 'node:fs';

/** Of the gateway's entry file: grows from build to build. */
export function buildOf(entry: string): string {
  const stat = statSync(entry, { throwIfNoEntry: false });
  return stat ? `${Math.round(stat.mtimeMs)}` : '';
}
