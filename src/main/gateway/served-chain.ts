import type { Backend } from './backend.ts';
import type { ChainSettings } from './control/protocol.ts';
import type { Tell } from './event-ring.ts';
import type { Hold } from './hold.ts';
import type { Traffic } from './traffic.ts';

/** What serving a request needs of its chain. */
export interface ServedChain {
  readonly name: string;
  readonly tell: Tell;
  readonly hold: Hold;
  readonly traffic: Traffic;
  readonly settings: ChainSettings;
  readonly backend: Backend;
  readonly counts: { requests: number; refused: number; websockets: number; heldBytes: number };
  /** Something is on its way to the node; the function says that it is over. */
  begin(): () => void;
}
