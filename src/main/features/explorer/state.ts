import { authorizedCodes } from '../../eth/inside/authorizations.ts';
import { callsOf, type TreeNames } from '../../eth/inside/call-tree.ts';
import { type Implementations, replacedBy } from '../../eth/inside/passed-on.ts';
import {
  type AccountChange,
  DIFF_TRACER,
  stateChanges,
  type TracedDiff,
  withCodes,
} from '../../eth/inside/state-changes.ts';
import type { TracedKeys } from '../../eth/inside/storage-keys.ts';
import type { StorageLayout } from '../../eth/inside/storage-layout.ts';
import type { Preimages } from '../../eth/inside/storage-names.ts';
import {
  preimagesIn,
  type TracedWrites,
  tracedWrites,
  WRITES_TRACER,
  writesUntilFailure,
} from '../../eth/inside/traced-writes.ts';
import { variableChanges } from '../../eth/inside/variable-changes.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import { asSentence } from '../../shared/as-sentence.ts';
import type { CallNode } from '../../shared/decoded.ts';
import { messageOf } from '../../shared/errors.ts';
import type { AccountChanges, TransactionState } from './contract/state.ts';
import {
  type FoundTransaction,
  preStateOf,
  type Traced,
  tracedAgain,
} from './found-transaction.ts';
import { knownAddress } from './known-address.ts';

/** How contracts keep their variables. `problem`: why that isn't known. */
export interface Layouts {
  layoutOf(artifact: number): Promise<{ layout: StorageLayout | null; problem: string | null }>;
}

/** What was hashed to find slots, as it is kept. */
export interface KnownPreimages {
  ofAll: (network: string, addresses: readonly string[]) => Preimages;
  keep: (network: string, traced: TracedKeys) => void;
}

export interface StateOf {
  state: TransactionState | null;
  /** What is missing, of all of it or of some names. */
  problem: string | null;
  /** Gas that its instructions have earned back; null: it isn't known. */
  refund: bigint | null;
}

/** Following one that runs longer would keep its node busy for many seconds. */
export const MOST_FOLLOWED_GAS = 3_000_000n;
/** The most that a transaction is said to have changed. */
const MOST_SLOTS = 2000;
/** Of an account that it made by writing to it. */
const NOTHING = { balance: null, nonce: null, code: null };

/** What a mined transaction has changed, by the names of variables; of one that failed, had changed until then. */
export async function stateOf(
  from: ReadNetwork,
  found: FoundTransaction,
  { root, tree }: Pick<Traced, 'root' | 'tree'>,
  names: TreeNames,
  known: { artifacts: Layouts; preimages: KnownPreimages },
): Promise<StateOf> {
  let diff: TracedDiff;
  try {
    diff = await tracedAgain<TracedDiff>(from, found, DIFF_TRACER);
    if (!diff?.pre || !diff.post) throw new Error('its node gave no state');
  } catch (error) {
    const problem = `${from.name} does not tell what the transaction changed: ${asSentence(messageOf(error))}`;
    return { state: null, problem, refund: null };
  }
  const isUndone = found.receipt !== null && BigInt(found.receipt.status) === 0n;
  const { writes, problem } = await writesOf(from, found);
  const accounts = await withDelegations(from, found, stateChanges(diff));
  // Variables of what was upgraded are those of what is behind it since.
  const left = replacedBy(root, found.receipt?.logs ?? []);
  if (isUndone && writes) addUndone(accounts, writes, tree);
  if (writes) known.preimages.keep(from.name, writes);
  return {
    state: {
      undone: isUndone,
      accounts: await namedState(from, names, accounts, writes, known, left),
    },
    problem,
    refund: writes ? BigInt(writes.refund) : null,
  };
}

/** With the code that its authorizations have set, which stays also where it failed. */
async function withDelegations(
  from: ReadNetwork,
  found: FoundTransaction,
  accounts: AccountChange[],
): Promise<AccountChange[]> {
  const { transaction } = found;
  if (transaction.authorizationList === undefined) return accounts;
  const before = await preStateOf(from, found);
  if (!before) return accounts;
  return withCodes(accounts, before, await authorizedCodes(transaction, before));
}

/**
 * Changed accounts, by the names of their variables.
 *
 * @param keys what was hashed meanwhile; null: it isn't known, and what is kept counts
 * @param left what is behind contracts by now, where it is not what `names` say
 */
export async function namedState(
  from: Pick<ReadNetwork, 'name'>,
  names: TreeNames,
  accounts: readonly AccountChange[],
  keys: TracedKeys | null,
  known: { artifacts: Layouts; preimages: Pick<KnownPreimages, 'ofAll'> },
  left: Implementations = new Map(),
): Promise<AccountChanges[]> {
  const addresses = accounts.filter(({ slots }) => slots.length > 0).map((one) => one.address);
  const kept = known.preimages.ofAll(from.name, addresses);
  const preimages = keys ? new Map([...kept, ...preimagesIn(keys)]) : kept;
  const named: AccountChanges[] = [];
  for (const account of accounts) {
    const ran = left.get(account.address.toLowerCase());
    named.push(await namedChanges(account, names, known.artifacts, preimages, ran));
  }
  return named;
}

async function writesOf(
  from: ReadNetwork,
  found: FoundTransaction,
): Promise<{ writes: TracedWrites | null; problem: string | null }> {
  const used = BigInt(found.receipt?.gasUsed ?? 0);
  if (used > MOST_FOLLOWED_GAS) return { writes: null, problem: TOO_LONG };
  try {
    const said = await tracedAgain<unknown>(from, found, WRITES_TRACER);
    const writes = tracedWrites.safeParse(said).data;
    if (!writes) throw new Error('its node runs no tracers');
    return { writes, problem: null };
  } catch (error) {
    const problem = `Keys of mappings may be missing, and what was undone: ${from.name} does not follow each instruction: ${asSentence(messageOf(error))}`;
    return { writes: null, problem };
  }
}

const TOO_LONG =
  'The transaction ran too many instructions to follow each: keys of mappings may be missing, and what was undone.';

function addUndone(accounts: AccountChange[], writes: TracedWrites, tree: CallNode | null): void {
  const calls = tree ? [...callsOf(tree)] : [];
  const undone = writesUntilFailure(writes, (call) => calls[call]?.failing ?? false);
  for (const [at, slots] of undone) {
    if (slots.length === 0) continue;
    const known = accounts.find(({ address }) => address.toLowerCase() === at);
    if (known) known.slots = slots;
    else accounts.push({ address: at, ...NOTHING, slots });
  }
}

async function namedChanges(
  { address, balance, nonce, code, slots }: AccountChange,
  names: TreeNames,
  layouts: Layouts,
  preimages: Preimages,
  ran?: readonly string[],
): Promise<AccountChanges> {
  const [known, contract] = await Promise.all([
    knownAddress(names, address, ran),
    names.contractAt(address, ran),
  ]);
  const shown = slots.slice(0, MOST_SLOTS);
  const artifact = contract?.artifact ?? null;
  const { layout, problem } =
    slots.length === 0
      ? { layout: null, problem: null }
      : artifact === null
        ? { layout: null, problem: 'No project here has compiled the code at this address.' }
        : await layouts.layoutOf(artifact);
  const isCut = slots.length > shown.length;
  return {
    ...known,
    ...{ balance, nonce, code },
    variables: await variableChanges(shown, layout, preimages),
    problem: isCut ? `Only the first ${MOST_SLOTS} of ${slots.length} slots are shown.` : problem,
  };
}
