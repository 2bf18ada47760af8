import { type Abi, getAddress } from 'viem';
import type { KnownContract } from '../../eth/inside/names.ts';
import type { NetworkNames } from '../../eth/inside/network-names.ts';
import type { StorageLayout } from '../../eth/inside/storage-layout.ts';
import type { Preimages } from '../../eth/inside/storage-names.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import { rpc } from '../../eth/rpc.ts';
import type { Exported } from '../../families/contract.ts';
import { gettersOf, rolesOf } from './abi-facts.ts';
import type { DiffFormat, DiffInput, DiffPart } from './contract.ts';
import type { AccountFacts } from './naming/named-account.ts';
import type { KnownAccount, ListedChange } from './session/diff-session.ts';
import { type OpenSession, openSession } from './session/open-session.ts';
import { movedMeanwhile, readableError, type StateOf, shown, sidesOf } from './sides.ts';
import { stateNetwork } from './state-network.ts';
import { systemContracts } from './system-contracts.ts';
import { readUpstream, type UpstreamAddress } from './upstream.ts';

export interface StateDiffDependencies {
  stateOf: StateOf;
  /** null: the chain is no fork. */
  upstreamOf: (chain: string) => UpstreamAddress | null;
  /** Address of the running chain; null when it isn't running. */
  chainUrl: (chain: string) => Promise<string | null>;
  /** Where users' programs reach it; null before its first start. */
  publicUrl: (chain: string) => string | null;
  namesOn: (from: ReadNetwork) => NetworkNames;
  /** Resolves when what compilers have left by now is known. */
  fresh: () => Promise<void>;
  layoutOf: (artifact: number) => Promise<{ layout: StorageLayout | null; problem: string | null }>;
  /** What was hashed to find slots of a contract. */
  preimages: (network: string, address: string) => Promise<Preimages>;
  mask: (text: string) => string;
}

/** More slots are counted, and not told. */
const MOST_SLOTS = 50_000;
const ACCOUNTS_AT_ONCE = 200;
const VARIABLES_AT_ONCE = 500;

const mediaTypes: Record<DiffFormat, { type: string; file: string }> = {
  json: { type: 'application/json', file: 'state-diff.json' },
  solidity: { type: 'text/plain', file: 'ChainState.t.sol' },
  typescript: { type: 'text/typescript', file: 'chain-state.test.ts' },
  vitest: { type: 'text/typescript', file: 'chain-state.test.ts' },
};

type Head = Extract<DiffPart, { type: 'head' }>;

/** Tells what differs between two states of a chain. Every part rejects as its contract says. */
export function stateDiffService(deps: StateDiffDependencies) {
  const { preimages } = deps;

  /** Compares in a thread that ends with the work. */
  async function* compared<T>(
    input: DiffInput,
    signal: AbortSignal | undefined,
    work: (session: OpenSession, head: Head) => AsyncIterable<T>,
  ): AsyncGenerator<T, void> {
    const { chain } = input;
    await deps.fresh();
    const upstream = deps.upstreamOf(chain);
    const sides = await sidesOf(input, deps.stateOf);
    await using session = openSession(signal);
    try {
      const { before, after } = sides;
      const isFork = upstream !== null;
      const lacking = await session.load(before.source, after.source, isFork);
      const notes = [await movedMeanwhile(before), await movedMeanwhile(after)];
      const held = await readUpstream(
        ...([chain, upstream, after.forkBlock, lacking, deps.mask] as const),
      );
      const totals = await session.compare(held, MOST_SLOTS);
      yield* work(session, {
        ...{ type: 'head', chain, ...totals },
        ...{ before: shown(before, notes[0]), after: shown(after, notes[1]) },
      });
    } catch (error) {
      throw signal?.aborted ? signal.reason : readableError(error, chain, sides);
    }
  }

  async function* parts(session: OpenSession, head: Head): AsyncGenerator<DiffPart> {
    yield head;
    const knowing = await knowingOf(session, head.chain);
    for (let index = 0; index < head.accounts; index += ACCOUNTS_AT_ONCE) {
      const changes = await session.changes(index, ACCOUNTS_AT_ONCE);
      const known = [];
      for (const [i, change] of changes.entries()) known.push(await knowing(index + i, change));
      const accounts = await session.name(known);
      for (const [i, account] of accounts.entries()) {
        yield { type: 'account', account };
        if (account.slots > 0) yield* storageOf(session, index + i, account.address);
      }
    }
    yield { type: 'end' };
  }

  /** Tells what is known of one change after the other, and the session of each contract once. */
  async function knowingOf(session: OpenSession, chain: string) {
    const url = await deps.chainUrl(chain);
    const names = deps.namesOn(stateNetwork(chain, session, url === null ? null : rpc(url)));
    const told = new Map<string, { problem: string | null }>();

    async function tell(
      address: string,
      { artifact, abi }: KnownContract,
    ): Promise<{ key: string; problem: string | null }> {
      const key = artifact === null ? address : String(artifact);
      const earlier = told.get(key);
      if (earlier) return { key, ...earlier };
      const { layout, problem } =
        artifact === null ? { layout: null, problem: NOT_COMPILED } : await deps.layoutOf(artifact);
      await session.facts(key, { layout, ...abiFacts(abi) });
      told.set(key, { problem });
      return { key, problem };
    }

    return async (
      index: number,
      { address, isContract, slots }: ListedChange,
    ): Promise<KnownAccount> => {
      const known = isContract ? await names.contractAt(address) : null;
      const found = known && slots > 0 ? await tell(address, known) : null;
      const system = systemContracts.get(address.toLowerCase()) ?? null;
      const isMissing = isContract && slots > 0 && known === null && system === null;
      const facts: AccountFacts = {
        ...{ contract: known?.name === getAddress(address) ? null : (known?.name ?? null), system },
        label: known?.label ?? names.labelAt(address),
        problem: isMissing ? NOT_COMPILED : (found?.problem ?? null),
      };
      const hashed: Preimages = slots > 0 ? await preimages(chain, address) : new Map();
      return { index, facts, contract: found?.key ?? null, preimages: hashed };
    };
  }

  return {
    compare: (input: DiffInput, signal?: AbortSignal): AsyncGenerator<DiffPart, void> =>
      compared(input, signal, parts),

    async export(
      { format, ...input }: DiffInput & { format: DiffFormat },
      signal?: AbortSignal,
    ): Promise<Exported> {
      const url = deps.publicUrl(input.chain) ?? DEFAULT_URL;
      async function* written(session: OpenSession, head: Head) {
        for await (const _ of parts(session, head));
        const { chain, before, after, left } = head;
        const about = { chain, url, before: before.name, after: after.name };
        yield await session.text({ format, ...about, sides: { before, after, left } });
      }
      let text = '';
      for await (const whole of compared(input, signal, written)) text = whole;
      const { type, file } = mediaTypes[format];
      return { name: file, type, text };
    },
  };
}

async function* storageOf(
  session: OpenSession,
  index: number,
  address: string,
): AsyncGenerator<DiffPart> {
  for (let from = 0; ; from += VARIABLES_AT_ONCE) {
    const variables = await session.variables(index, from, VARIABLES_AT_ONCE);
    if (variables.length > 0) yield { type: 'storage', address, variables };
    if (variables.length < VARIABLES_AT_ONCE) return;
  }
}

const DEFAULT_URL = 'http://127.0.0.1:8545';
const NOT_COMPILED = 'No project here has compiled the code at this address.';

const abiFacts = (abi: Abi) => ({ roles: rolesOf(abi), getters: gettersOf(abi) });

export type StateDiffService = ReturnType<typeof stateDiffService>;
