import { parseTransaction, recoverTransactionAddress, type TransactionSerialized } from 'viem';
import { z } from 'zod';
import { cutsIn } from '../../eth/diamond-cut.ts';
import { upgradeCallsIn } from '../../eth/upgrade-calls.ts';
import type { Failure } from '../../shared/run.ts';
import type { PlannedCall, UpgradesReview } from './upgrades.ts';

export interface UpgradeGateOptions {
  review(calls: readonly PlannedCall[]): Promise<UpgradesReview>;
  /** Also calls that name no function that upgrades: what they call may do so. */
  reviewsAll: boolean;
  /** Gets lines for the log. */
  note(line: string): void;
  warn(message: string): void;
}

/** Looks at every transaction of a run before it is sent, and lets no unsafe upgrade through. */
export class UpgradeGate {
  readonly #options: UpgradeGateOptions;
  #refused: Failure | null = null;
  /** Those that were reviewed: each is estimated, then sent. */
  readonly #passed = new Set<string>();

  constructor(options: UpgradeGateOptions) {
    this.#options = options;
  }

  /** Why the run has to end; null: all has been let through. */
  get refused(): Failure | null {
    return this.#refused;
  }

  /**
   * Rejects where a transaction must not be sent; from then on, none is.
   *
   * @param asked a transaction object, or a raw one as hex
   */
  async pass(asked: unknown): Promise<void> {
    const call = this.#refused ? null : await plannedCall(asked);
    const { review, reviewsAll, note, warn } = this.#options;
    const key = `${call?.from} ${call?.to} ${call?.value} ${call?.input}`.toLowerCase();
    if (call && (reviewsAll || isUpgrade(call)) && !this.#passed.has(key)) {
      const { refused, notes, warnings } = await review([call]);
      for (const line of notes) note(line);
      for (const warning of warnings) warn(warning);
      this.#refused = refused;
      this.#passed.add(key);
    }
    if (this.#refused) throw new Error(this.#refused.message);
  }
}

const isUpgrade = ({ to, input }: PlannedCall): boolean =>
  to !== null && (upgradeCallsIn({ to, input }).length > 0 || cutsIn({ to, input }).length > 0);

const toBeSigned = z.object({
  from: z.string().nullish(),
  to: z.string().nullish(),
  value: z.string().nullish(),
  data: z.string().nullish(),
  input: z.string().nullish(),
});

/** null: no node takes it, either. */
async function plannedCall(asked: unknown): Promise<PlannedCall | null> {
  const { data: sent } = toBeSigned.safeParse(asked);
  if (sent) {
    const { from = null, to = null, value } = sent;
    return {
      ...{ from, to, value: value ?? '0x0', input: sent.input ?? sent.data ?? '0x' },
      creates: [],
    };
  }
  try {
    const signed = asked as TransactionSerialized;
    const { to, value = 0n, data } = parseTransaction(signed);
    return {
      ...{ from: await signerOf(signed), to: to ?? null },
      ...{ value: `0x${value.toString(16)}`, input: data ?? '0x', creates: [] },
    };
  } catch {
    return null;
  }
}

const signerOf = (serializedTransaction: TransactionSerialized): Promise<string | null> =>
  recoverTransactionAddress({ serializedTransaction }).catch(() => null);
