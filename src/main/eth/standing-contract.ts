import type { Hex } from 'viem';
import type { ReadNetwork } from './network-reader.ts';

/** A contract on a network that is being read. */
export interface StandingContract<Recorded> {
  from: ReadNetwork;
  address: Hex;
  /** For messages. */
  called: string;
  /** What a deployment has recorded of it; null: none has made it. */
  recorded: Recorded | null;
}
