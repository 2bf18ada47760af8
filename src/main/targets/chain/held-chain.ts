import type { Engine, Preparation } from '../../engines/engine.ts';
import type { OwnChoice } from '../../engines/engines.ts';
import type { Sign } from '../../eth/account-signer.ts';

/** A Drydock chain, held for a run until it is disposed of. Disposing never rejects. */
export interface HeldChain extends AsyncDisposable {
  url: string;
  /** Address for users' programs. */
  publicUrl: string;
  /** Where it runs. */
  engine: Engine;
  chainId: number;
  /** Bytes of code that a contract may have; null: Ethereum's limit. */
  codeSizeLimit: number | null;
  /** It was started for this run. */
  startedNow: boolean;
  /** As chosen for it, in a few words, e.g. `every 5 s`; null: on demand, as runs need it. */
  mines: string | null;
  /**
   * Takes the automatic snapshot before a deployment, given by its id. It is deleted if nothing
   * happens while the chain is held.
   */
  snapshot(name: string, deployment?: number): Promise<{ id: number; name: string }>;
  /** Makes it mine on demand, until it is released. What is pending is mined. */
  mineOnDemand(): Promise<void>;
  /** Makes the node sign for every address, until the chain is released. */
  signForAll(): Promise<void>;
  /** Its development accounts, in the order of their index. */
  accounts(): readonly string[];
  /** The key of one of them; undefined: it is none. */
  keyOf(account: string): string | undefined;
  /** Methods with which accounts sign, of a chain that lacks their keys; otherwise none. */
  signs: Readonly<Record<string, Sign>>;
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
