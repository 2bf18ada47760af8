import type { Engine, Preparation } from '../../engines/engine.ts';
import type { OwnChoice } from '../../engines/engines.ts';

/** A Drydock chain, held for a run until it is disposed of. Disposing never rejects. */
export interface HeldChain extends AsyncDisposable {
  url: string;
  /** Where it runs. */
  engine: Engine;
  chainId: number;
  /** Bytes of code that a contract may have; null: Ethereum's limit. */
  codeSizeLimit: number | null;
  /** It was started for this run. */
  startedNow: boolean;
  /** Takes the automatic snapshot, which is deleted if nothing happens while the chain is held. */
  snapshot(name: string): Promise<{ id: number; name: string }>;
  /** Makes the node sign for every address, until the chain is released. */
  signForAll(): Promise<void>;
  accounts(): Promise<string[]>;
  isRunning(): Promise<boolean>;
  /** Calls back when the chain's process ends. Returns a function that stops listening. */
  onEnd(listener: () => void): () => void;
}

/**
 * Starts a chain if needed, and prevents all other changes to it until it is released. `rather` is
 * where it is started if nothing was chosen for it.
 */
export type HoldChain = (
  name: string,
  preparation?: Preparation,
  rather?: OwnChoice,
) => Promise<HeldChain>;
