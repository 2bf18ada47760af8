import { getAddress, keccak256 } from 'viem';
import { type Rpc, rpc } from '../../eth/rpc.ts';
import type { ContractsResult, Transaction } from '../../shared/result.ts';
import type { DeploymentDetail } from '../deployments/contract.ts';
import type { GitState } from '../projects/contract.ts';
import { comparedWith } from './compare.ts';
import type { Certificate, ReviewedTransaction, ReviewWarning } from './contract.ts';
import { warningsOf } from './warnings.ts';

/** What a rehearsal has left, while its copy of the network still stands behind it. */
interface Rehearsed {
  result: ContractsResult;
  sender: string;
  git: GitState;
  /** null: it can't be told whether anybody else has the commit. */
  pushed: boolean | null;
  /** The last deployment of the project to the network; null: there is none. */
  last: DeploymentDetail | null;
  /** Of the run. */
  warnings: readonly string[];
}

interface Places {
  /** The copy of the network, and the block from which it was made. */
  copy: Rpc;
  forkBlock: number;
  network: Rpc;
}

/** Twice the base fee leaves six full blocks of room. */
const ROOM = 2n;
/** wei: where a network names no tip. */
const USUAL_TIP = 10n ** 9n;

/** All that a live run is bound to. Rejects when the copy or the network do not respond. */
export async function certify(
  { result, sender, git, pushed, last, warnings }: Rehearsed,
  { copy, forkBlock, network }: Places,
): Promise<Certificate> {
  const transactions = await Promise.all(
    result.transactions.map((one) => reviewedTransaction(one, sender, copy)),
  );
  const contracts = await Promise.all(
    result.contracts.map(async ({ address, name }) => {
      const code = await copy<`0x${string}`>('eth_getCode', [address, 'latest']);
      return { address, name, codeHash: keccak256(code), size: (code.length - 2) / 2 };
    }),
  );
  const [block, balance, fees, externals, compared] = await Promise.all([
    copy<{ hash: string }>('eth_getBlockByNumber', [quantity(forkBlock), false]),
    network<string>('eth_getBalance', [sender, 'latest']),
    feesOf(transactions, network),
    externalsOf(transactions, contracts, { copy, network }),
    comparedWith(last, contracts, { copy, network }),
  ]);
  const found = {
    block: { number: forkBlock, hash: block.hash },
    ...git,
    ...{ transactions, contracts, compared, externals, fees, balance: decimal(balance) },
  };
  const seen = await warningsOf(found, { copy, sender, pushed });
  const told = warnings.map((message): ReviewWarning => ({ about: 'tool', message }));
  return { ...found, warnings: [...seen, ...told] };
}

interface Sent {
  from: string;
  nonce: string;
  to: string | null;
  value: string;
  input: string;
  gas: string;
}

async function reviewedTransaction(
  one: Transaction,
  sender: string,
  copy: Rpc,
): Promise<ReviewedTransaction> {
  const { hash, kind, contractName, address } = one;
  if (hash === null) throw new Error('a transaction of the rehearsal was not sent');
  const sent = await copy<Sent>('eth_getTransactionByHash', [hash]);
  if (sent.from.toLowerCase() !== sender.toLowerCase())
    throw new Error(signsItself(sent.from, sender));
  return {
    nonce: Number(sent.nonce),
    ...{ kind, contractName, address, function: one.function, arguments: one.arguments, hash },
    to: sent.to === null ? null : getAddress(sent.to),
    ...{ value: decimal(sent.value), data: sent.input, gas: decimal(sent.gas) },
    gasUsed: one.gasUsed ?? '0',
  };
}

const signsItself = (from: string, sender: string): string =>
  `It sends from ${from}, and ${sender} is to sign. Let it send from the account that it is given, as vm.startBroadcast() without a key does.`;

async function feesOf(
  transactions: readonly ReviewedTransaction[],
  network: Rpc,
): Promise<Certificate['fees']> {
  const [head, suggested] = await Promise.all([
    network<{ baseFeePerGas?: string }>('eth_getBlockByNumber', ['latest', false]),
    network<string>('eth_maxPriorityFeePerGas').catch(() => null),
  ]);
  const price = BigInt(await network<string>('eth_gasPrice'));
  const baseFee = head.baseFeePerGas === undefined ? price : BigInt(head.baseFeePerGas);
  const tip = suggested === null ? USUAL_TIP : BigInt(suggested);
  const cap = baseFee * ROOM + tip;
  const sum = (of: (one: ReviewedTransaction) => string) =>
    transactions.reduce((total, one) => total + BigInt(of(one)), 0n);
  const gas = sum(({ gasUsed }) => gasUsed);
  return {
    ...{ maxFeePerGas: `${cap}`, baseFee: `${baseFee}`, tip: `${tip}`, gas: `${gas}` },
    expected: `${gas * (baseFee + tip)}`,
    most: `${sum((one) => one.gas) * cap}`,
    value: `${sum(({ value }) => value)}`,
  };
}

/** https://geth.ethereum.org/docs/developers/evm-tracing/built-in-tracers#prestate-tracer */
type PreState = Record<string, { code?: string }>;

/** Contracts that were there before, and that a transaction has run. */
async function externalsOf(
  transactions: readonly ReviewedTransaction[],
  contracts: Certificate['contracts'],
  { copy, network }: Pick<Places, 'copy' | 'network'>,
): Promise<Certificate['externals']> {
  const own = new Set(contracts.map(({ address }) => address.toLowerCase()));
  const touched = new Set<string>();
  // One after the other: what is asked here at once may stop the node.
  for (const { hash } of transactions) {
    const state = await copy<PreState>('debug_traceTransaction', [
      hash,
      { tracer: 'prestateTracer' },
    ]);
    for (const [address, { code }] of Object.entries(state)) {
      if (code && code !== '0x') touched.add(address.toLowerCase());
    }
  }
  const there = await Promise.all(
    [...touched]
      .filter((address) => !own.has(address))
      .map(async (address) => {
        const code = await network<`0x${string}`>('eth_getCode', [address, 'latest']);
        return code === '0x' ? [] : [{ address: getAddress(address), codeHash: keccak256(code) }];
      }),
  );
  return there.flat();
}

const decimal = (hex: string): string => BigInt(hex).toString();
const quantity = (amount: number): string => `0x${amount.toString(16)}`;

/** The copy and the network as `certify` asks them. */
export const placesOf = (copyUrl: string, forkBlock: number, networkUrl: string): Places => ({
  copy: rpc(copyUrl),
  forkBlock,
  network: rpc(networkUrl),
});
