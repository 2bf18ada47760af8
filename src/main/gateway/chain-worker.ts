import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../shared/errors.ts';
import { Chain, type ChainOptions } from './chain.ts';
import type { Told } from './event-ring.ts';
import { Refused } from './refused.ts';
import type { NonceState } from './state-file.ts';

/** What the gateway's main thread asks of the thread of a chain. */
export type ChainCalls = Pick<
  Chain,
  'set' | 'status' | 'journal' | 'pause' | 'remember' | 'reverted' | 'close'
>;

export interface Asked {
  id: number;
  call: keyof ChainCalls;
  args: unknown[];
}

/** What the thread says, in its order: state that comes before a value is part of it. */
export type Heard =
  | { event: Told }
  | { state: NonceState }
  | { id: number; value: unknown }
  | { id: number; message: string; refused: { status: number; code: string } };

/** Its `workerData`. */
export type ChainOfThread = Pick<ChainOptions, 'name' | 'settings' | 'known'>;

const say = (heard: Heard) => parentPort?.postMessage(heard);
const chain = new Chain({
  ...(workerData as ChainOfThread),
  tell: (event) => say({ event }),
  save: (state) => say({ state }),
});

async function answer({ id, call, args }: Asked): Promise<void> {
  try {
    const work = chain[call] as (...all: unknown[]) => unknown;
    say({ id, value: await work.apply(chain, args) });
  } catch (error) {
    const refused = error instanceof Refused ? error : { status: 500, code: 'INTERNAL' };
    const { status, code } = refused;
    say({ id, message: messageOf(error), refused: { status, code } });
  }
}

parentPort?.on('message', (asked: Asked) => void answer(asked));
