import { z } from 'zod';
import { ADDRESS, HASH } from '../shared/hex.ts';
import { type Rpc, RpcError } from './rpc.ts';
import { isCallTrace, preState, stateDiff } from './traced-replies.ts';

const quantity = z.string().regex(/^0x[0-9a-f]{1,64}$/i);
const data = z.string().regex(/^0x(?:[0-9a-f]{2})*$/i);
const hash = z.string().regex(new RegExp(`^${HASH}$`));
const address = z.string().regex(new RegExp(`^${ADDRESS}$`));
/** Nodes leave out what is nothing, or say null. */
const orNone = <T extends z.ZodType>(shape: T) => shape.nullish().transform((one) => one ?? null);
const orAbsent = <T extends z.ZodType>(shape: T) =>
  shape.nullish().transform((one) => one ?? undefined);

const transaction = z.looseObject({
  ...{ hash, blockHash: orNone(hash), blockNumber: orNone(quantity) },
  ...{ transactionIndex: orNone(quantity), from: address, to: orNone(address) },
  ...{ nonce: quantity, value: quantity, gas: quantity, input: data },
  gasPrice: orAbsent(quantity),
});

const log = z.looseObject({ address, topics: z.array(hash), data, logIndex: orNone(quantity) });

/** Some nodes leave out zeros on the left. */
const word = z
  .string()
  .regex(/^0x[0-9a-f]{0,64}$/i)
  .transform((hex) => `0x${hex.slice(2).padStart(64, '0')}`);

const minedLog = log.extend({ blockNumber: quantity, transactionHash: hash });

const receipt = z.looseObject({
  transactionHash: hash,
  // Blocks before EIP-658 say nothing of it, and hold mostly what went through.
  status: quantity.nullish().transform((one) => one ?? '0x1'),
  gasUsed: quantity,
  effectiveGasPrice: orAbsent(quantity),
  contractAddress: orNone(address),
  logs: z.array(log),
});

const block = z.looseObject({
  ...{ number: quantity, hash, parentHash: hash, timestamp: quantity, gasUsed: quantity },
  ...{ gasLimit: quantity, baseFeePerGas: orAbsent(quantity), miner: address },
  transactions: z.union([z.array(hash), z.array(transaction)]),
});

/** https://ethereum.github.io/execution-apis/ (eth), as far as it is read. */
const shapes: Readonly<Record<string, z.ZodType>> = {
  eth_chainId: quantity.refine((one) => Number.isSafeInteger(Number(one))),
  eth_blockNumber: quantity,
  eth_getBalance: quantity,
  eth_getTransactionCount: quantity,
  eth_getCode: data,
  eth_getStorageAt: word,
  eth_call: data,
  eth_estimateGas: quantity,
  eth_getLogs: z.array(minedLog),
  eth_getTransactionByHash: transaction.nullable(),
  eth_getTransactionReceipt: receipt.nullable(),
  eth_getBlockReceipts: z.array(receipt).nullable(),
  eth_getBlockByNumber: block.nullable(),
  eth_getBlockByHash: block.nullable(),
};

/** https://geth.ethereum.org/docs/developers/evm-tracing/built-in-tracers */
function tracerShape(method: string, params: readonly unknown[]): z.ZodType | null {
  const at = method === 'debug_traceTransaction' ? 1 : method === 'debug_traceCall' ? 2 : null;
  const options = at === null ? undefined : tracerOptions.safeParse(params[at]).data;
  if (options?.tracer === 'callTracer') return z.custom(isCallTrace);
  if (options?.tracer !== 'prestateTracer') return null;
  return options.tracerConfig?.diffMode ? stateDiff : preState;
}

const tracerOptions = z.object({
  tracer: z.string(),
  tracerConfig: z.object({ diffMode: z.boolean().optional() }).optional(),
});

/**
 * The same calls, whose results are what their types say: a node may reply anything. Rejects with
 * RpcError for what is something else. A trace that is none is one that the node doesn't give.
 */
export function checkedReplies(call: Rpc): Rpc {
  return async <T>(method: string, params?: unknown[]): Promise<T> => {
    const result = await call<T>(method, params);
    const tracer = tracerShape(method, params ?? []);
    if (tracer && result !== null) {
      const trace = tracer.safeParse(result);
      if (trace.success) return trace.data as T;
      throw new RpcError(`its reply to ${method} is no trace`, false);
    }
    const shape = Object.hasOwn(shapes, method) ? shapes[method] : undefined;
    if (!shape) return result;
    const read = shape.safeParse(result);
    if (read.success) return read.data as T;
    const at = read.error.issues[0]?.path.join('.');
    throw new RpcError(
      `its reply to ${method} is not that of an Ethereum node${at ? `: "${at}" is wrong or missing` : ''}`,
      true,
    );
  };
}
