import type { DockerInfo } from '#main/features/app/contract.ts';
import type { Tone } from '../../ui/state-dot.tsx';

/** The daemon's state, in a few words. */
export function dockerWord({ status, lost, version }: DockerInfo): { tone: Tone; word: string } {
  if (status === 'ready') return { tone: 'ok', word: version ?? '' };
  if (lost) return { tone: 'warn', word: 'reconnecting…' };
  if (status === 'denied') return { tone: 'bad', word: 'no access' };
  if (status === 'unsupported') return { tone: 'bad', word: 'not usable' };
  return status === 'unknown'
    ? { tone: 'idle', word: 'not looked for' }
    : { tone: 'bad', word: 'not running' };
}

/** The same as the beginning of a sentence, e.g. `Docker 27.3.1`. */
export const dockerState = (docker: DockerInfo): string => `Docker ${dockerWord(docker).word}`;
