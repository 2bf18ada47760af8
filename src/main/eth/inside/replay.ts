import type { TracedCall } from './call-tree.ts';
import type { PreState, RecordedTransaction } from './recorded-transaction.ts';

/** A transaction that is to run again just as it ran. */
export interface Replayed extends Pick<RecordedTransaction, 'transaction' | 'block'> {
  trace: TracedCall;
  preState: PreState;
}

/** Of a response with each instruction, without memory, stack and storage. */
export const INSTRUCTIONS = { disableStorage: true, disableStack: true, enableMemory: false };

/**
 * Parameters of `debug_traceCall` with which a transaction runs on whatever the newest block is as it
 * ran in its own, instruction by instruction.
 *
 * @param tracer what the response is to have
 */
export const replayCall = (replayed: Replayed, tracer: object): unknown[] =>
  callIn({ ...replayed, on: 'latest' }, overridesOf(replayed), tracer);

/**
 * The same on another state.
 *
 * @param on the block whose state the overrides change
 */
export function callIn(
  { transaction, block, on }: Pick<Replayed, 'transaction' | 'block'> & { on: string },
  stateOverrides: Record<string, object>,
  tracer: object,
): unknown[] {
  const { from, to, gas, value, input, nonce, accessList, authorizationList } = transaction;
  const { blobVersionedHashes, maxFeePerBlobGas } = transaction;
  const { gasPrice, maxFeePerGas, maxPriorityFeePerGas } = transaction;
  const price = maxFeePerGas === undefined ? { gasPrice } : { maxFeePerGas, maxPriorityFeePerGas };
  return [
    {
      ...{ from, ...(to === null ? {} : { to }), gas, value, data: input, nonce },
      ...{ ...price, accessList, authorizationList },
      ...{ blobVersionedHashes, maxFeePerBlobGas },
    },
    on,
    {
      ...tracer,
      stateOverrides,
      blockOverrides: {
        ...{ number: block.number, time: block.timestamp, gasLimit: block.gasLimit },
        ...{ coinbase: block.miner, random: block.mixHash, baseFee: block.baseFeePerGas },
      },
    },
  ];
}

/** An account that isn't in the state before, but was created, is empty: there may be one by now. */
function overridesOf({ transaction, preState, trace }: Replayed): Record<string, object> {
  const empty = { balance: '0x0', nonce: '0x0', code: '0x', state: {} };
  const overrides: Record<string, object> = {};
  const isSender = (address: string) => address.toLowerCase() === transaction.from.toLowerCase();
  for (const address of createdIn(trace)) overrides[address] = empty;
  for (const [address, account] of Object.entries(preState)) {
    overrides[address.toLowerCase()] = {
      balance: account.balance ?? '0x0',
      nonce: isSender(address) ? transaction.nonce : `0x${BigInt(account.nonce ?? 0).toString(16)}`,
      code: account.code ?? '0x',
      state: account.storage ?? {},
    };
  }
  return overrides;
}

/** In lower case. */
export function* createdIn(root: TracedCall): Generator<string> {
  const open = [root];
  for (let call = open.pop(); call; call = open.pop()) {
    if (call.type.startsWith('CREATE') && call.to !== undefined) yield call.to.toLowerCase();
    for (const inner of call.calls ?? []) open.push(inner);
  }
}
