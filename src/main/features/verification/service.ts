import pRetry from 'p-retry';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { AbiSource, Submitted, Verdict } from '../abi-sources/contract.ts';
import type { ContractRef } from '../contracts/contract/ref.ts';
import type { CodeCheck, SubmitInput, Verification, VerificationBundle } from './contract.ts';
import { type CheckedContract, type RebuildDependencies, rebuild } from './rebuild.ts';
import type { VerificationRow, VerificationStore } from './store.ts';

/** How long a service is waited for, before what was sent counts as pending: about 40 s in all. */
const WAITING = {
  ...{ retries: 10, minTimeout: 500, factor: 1.5, maxTimeout: 5000 },
  // Of a service that lets each question wait, too.
  maxRetryTime: 40_000,
};

export interface VerificationDependencies extends RebuildDependencies {
  store: VerificationStore;
  /** Finds a contract by what people call it. Rejects as the contracts' own procedures do. */
  standing: <T>(ref: ContractRef, work: (one: CheckedContract) => Promise<T>) => Promise<T>;
  submit: (service: AbiSource, contract: Submitted) => Promise<string | null>;
  verdict: (service: AbiSource, of: { chainId: number; job: string }) => Promise<Verdict>;
  hostOf: (service: AbiSource) => string;
  /** What of a deployment is to be verified, and where; null: nothing. */
  wanted: (deployment: number) => Wanted | null;
}

/** What somebody has asked to be verified once it is deployed. */
export interface Wanted {
  to: AbiSource;
  network: string;
  chainId: number;
  contracts: readonly { address: string; name: string | null }[];
}

export function verificationService(deps: VerificationDependencies) {
  const { store, standing, submit, verdict, hostOf } = deps;
  const closing = new AbortController();

  const bundle = (ref: ContractRef): Promise<VerificationBundle> =>
    standing(ref, (one) => rebuild(deps, one));

  /** Asks the service once, and keeps what it says. */
  async function look(row: VerificationRow): Promise<VerificationRow> {
    if (row.state !== 'pending' || row.job === null) return row;
    const said = await verdict(row.service, { chainId: row.chainId, job: row.job });
    if (said.state === 'pending') return row;
    store.settle({
      ...{ id: row.id, state: said.state, endedAt: Date.now() },
      match: said.state === 'verified' ? said.match : null,
      reason: said.state === 'refused' ? said.reason : null,
    });
    return store.one(row.id) as VerificationRow;
  }

  /** Polls until the service has a verdict, for a limited time. Returns the row as it is then. */
  async function waited(row: VerificationRow): Promise<VerificationRow> {
    const attempt = async () => {
      const now = await look(row);
      if (now.state === 'pending') throw new Error('pending');
      return now;
    };
    try {
      return await pRetry(attempt, { ...WAITING, signal: closing.signal });
    } catch {
      // It was sent all the same; `get` asks again.
      return store.one(row.id) as VerificationRow;
    }
  }

  async function submitOne({ to, ...ref }: SubmitInput): Promise<Verification> {
    const { input, ...found } = await bundle(ref);
    if (found.runtime === 'different') throw differs(found);
    const { network, chainId, address, contract, compiler } = found;
    const job = await submit(to, {
      ...{ chainId, address, contract, compiler, input },
      constructorArguments: found.constructorArguments,
      transaction: found.transaction,
    });
    const isKnown = job === null;
    const row = store.add({
      ...{ network, chainId, address, contract, service: to, host: hostOf(to), job },
      ...{ state: isKnown ? 'verified' : 'pending', match: null, reason: null },
      ...{ sentAt: Date.now(), endedAt: isKnown ? Date.now() : null },
    });
    return shown(await waited(row));
  }

  return {
    async check(ref: ContractRef): Promise<CodeCheck> {
      const { input: _, ...found } = await bundle(ref);
      return found;
    },

    bundle,

    submit: submitOne,

    /** One contract after the other. Why one could not be sent is kept as a refusal. */
    async deployed({ id }: { id: number }): Promise<void> {
      const wanted = deps.wanted(id);
      if (!wanted) return;
      const { to, network, chainId, contracts } = wanted;
      for (const { address, name } of contracts) {
        try {
          await submitOne({ contract: address, network, to });
        } catch (error) {
          const now = Date.now();
          store.add({
            ...{ network, chainId, address, contract: name ?? address, service: to },
            ...{ host: hostOf(to), job: null, state: 'refused', match: null },
            ...{ reason: messageOf(error), sentAt: now, endedAt: now },
          });
        }
      }
    },

    list: ({ network, limit }: { network?: string; limit: number }): Verification[] =>
      store.list(network, limit).map(shown),

    async get(id: number): Promise<Verification> {
      const row = store.one(id);
      if (row) return shown(await look(row));
      throw new AppError(
        'VERIFICATION_NOT_FOUND',
        `There is no verification ${id}. "drydock contract verify --list" lists those that there are.`,
      );
    },

    close: (): void => closing.abort(new Error('Drydock is closing')),
  };
}

const shown = ({ job: _, ...row }: VerificationRow): Verification => row;

const differs = ({ contract, address }: CodeCheck): AppError =>
  new AppError(
    'CODE_DIFFERS',
    `The code at ${address} is not what ${contract} compiles to now, so no service would verify it. Check out the commit that it was deployed from, build it, and try again.`,
    { field: 'contract' },
  );

export type VerificationService = ReturnType<typeof verificationService>;
