import { getAddress } from 'viem';
import { CodeIndex } from '../../eth/code-index.ts';
import type { CompiledContract } from '../../eth/compiled-contract.ts';
import type { Rpc } from '../../eth/rpc.ts';
import type { Contract, Transaction } from '../../shared/result.ts';
import type { ChainNeeds } from './chain-target.ts';
import { CodeNames } from './code-names.ts';
import type { Creation } from './creations.ts';

/** What a run has done according to files that its tool has written. */
export interface ToolRecord {
  /** The tool, for messages. */
  tool: string;
  /** What the project's builds contain. Called only when a contract has to be named. */
  compiled(): Promise<CompiledContract[]>;
}

/** Of a run in a folder; undefined: the run was recorded. */
export const toolRecordOf = (
  { tool, compiled }: ChainNeeds,
  folder: string,
): ToolRecord | undefined => (tool ? { tool, compiled: () => compiled(folder) } : undefined);

interface Found {
  transactions: Transaction[];
  contracts: Contract[];
}

export interface Corrected extends Found {
  /** What differed, a line; null: nothing. */
  said: string | null;
}

/** So many contracts are named in a sentence. */
const MOST_NAMED = 5;

/**
 * Compares a tool's record with what the chain created: the chain is right. What is in no trace is
 * left as it is. Names are compared only where one has to be found anyway: that reads the builds.
 *
 * @param found checked with `verify`
 * @param traces what transactions created, by hash
 */
export async function corrected(
  found: Found,
  traces: ReadonlyMap<string, Creation[]>,
  { tool, compiled }: ToolRecord,
  call: Rpc,
): Promise<Corrected> {
  const recorded = Map.groupBy(found.contracts, (one) => one.transactionHash);
  const differs = found.transactions.some(({ hash, status }) => {
    const creations = status === 'success' && traces.get(hash ?? '');
    return creations && !areSame(recorded.get(hash ?? '') ?? [], creations);
  });
  if (!differs) return { ...found, said: null };
  const correction = new Correction(call, new CodeIndex(await compiled()));
  const contracts: Contract[] = [];
  for (const transaction of found.transactions) {
    const { hash, status } = transaction;
    const before = recorded.get(hash ?? '') ?? [];
    recorded.delete(hash ?? '');
    const creations = status === 'success' ? traces.get(hash ?? '') : undefined;
    contracts.push(...(creations ? await correction.of(transaction, before, creations) : before));
  }
  return {
    transactions: found.transactions.map((one) => withAddress(one, traces)),
    contracts: [...contracts, ...[...recorded.values()].flat()],
    said: correction.said(tool),
  };
}

function areSame(contracts: readonly Contract[], creations: readonly Creation[]): boolean {
  const listed = new Set(contracts.map(keyOf));
  return listed.size === creations.length && creations.every((one) => listed.has(keyOf(one)));
}

/** Where a transaction has created its contract. */
function withAddress(
  transaction: Transaction,
  traces: ReadonlyMap<string, Creation[]>,
): Transaction {
  const { kind, status, hash } = transaction;
  if (kind === 'call' || status !== 'success') return transaction;
  const own = traces.get(hash ?? '')?.find(({ nested }) => !nested);
  return own ? { ...transaction, address: getAddress(own.address) } : transaction;
}

/** What differs between a record and the chain, in words. */
class Correction {
  readonly #index: CodeIndex;
  readonly #names: CodeNames;
  readonly #lacking: string[] = [];
  readonly #listed: string[] = [];
  readonly #moved: string[] = [];
  readonly #renamed: string[] = [];

  constructor(call: Rpc, index: CodeIndex) {
    this.#index = index;
    this.#names = new CodeNames(call, index);
  }

  /** The contracts of one transaction, in the order in which it created them. */
  async of(
    transaction: Transaction,
    before: readonly Contract[],
    creations: readonly Creation[],
  ): Promise<Contract[]> {
    const created = new Set(creations.map(keyOf));
    const strays = before.filter((one) => !created.has(keyOf(one)));
    const contracts: Contract[] = [];
    for (const creation of creations) {
      const known = before.find((one) => keyOf(one) === keyOf(creation));
      const name = (await this.#names.of(creation))?.contract.name ?? null;
      contracts.push(
        known
          ? this.#renamedAs(known, creation, name)
          : this.#added(transaction, creation, name, strays),
      );
    }
    this.#listed.push(...strays.map(wordsOf));
    return contracts;
  }

  /** A line of sentences. */
  said(tool: string): string {
    const sentence = (all: readonly string[], words: string) => {
      if (all.length === 0) return [];
      const some = all.slice(0, MOST_NAMED).join(', ');
      const more = all.length > MOST_NAMED ? ` and ${all.length - MOST_NAMED} more` : '';
      const count = `${all.length} contract${all.length === 1 ? '' : 's'}`;
      return `${tool}'s record ${words.replace('%', count)}: ${some}${more}.`;
    };
    return [
      sentence(this.#lacking, 'lacks % that the chain has'),
      sentence(this.#listed, 'lists % that the chain did not create'),
      sentence(this.#moved, 'has % at another address than the chain'),
      sentence(this.#renamed, 'has % under another name than the code'),
    ]
      .flat()
      .join(' ');
  }

  #renamedAs(known: Contract, { creationCode, nested }: Creation, name: string | null): Contract {
    const fits = creationCode !== null && this.#index.isCreationOf(creationCode, known.name ?? '');
    if (name === null || name === known.name || fits) return { ...known, nested };
    if (known.name !== null)
      this.#renamed.push(`${wordsOf({ ...known, name })}, not ${known.name}`);
    return { ...known, name, nested };
  }

  /** The record may have it at another address: that one is taken out of `strays`. */
  #added(
    { hash, blockNumber, chainId, elsewhere }: Transaction,
    { address, nested, runtimeCode }: Creation,
    name: string | null,
    strays: Contract[],
  ): Contract {
    const at = strays.findIndex((one) => name === null || one.name === null || one.name === name);
    const [moved] = at < 0 ? [] : strays.splice(at, 1);
    const contract: Contract = {
      ...{ name: name ?? moved?.name ?? null, label: null, address: getAddress(address) },
      ...{ transactionHash: hash ?? '', blockNumber: blockNumber ?? 0, nested },
      ...{ verified: runtimeCode !== '0x', chainId, elsewhere },
    };
    if (moved) this.#moved.push(`${wordsOf(contract)}, not ${moved.address}`);
    else this.#lacking.push(wordsOf(contract));
    return contract;
  }
}

const keyOf = ({ address }: { address: string }): string => address.toLowerCase();

const wordsOf = ({ name, address }: Pick<Contract, 'name' | 'address'>): string =>
  `${name ?? 'one without a name'} at ${address}`;
