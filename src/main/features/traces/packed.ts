import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, brotliDecompressSync, constants } from 'node:zlib';
import { bytesOf } from '../../eth/hex-bytes.ts';
import {
  type PreState,
  type RecordedTransaction,
  withOwnGas,
} from '../../eth/inside/recorded-transaction.ts';

/** Code of contracts, which many transactions have in common. */
export interface PackedCode {
  /** SHA-256 of the code. */
  hash: Buffer;
  code: Buffer;
}

/** A transaction as it is stored. */
export interface PackedTransaction {
  hash: Buffer;
  record: Buffer;
  codes: PackedCode[];
}

type Recorded = Omit<RecordedTransaction, 'block'>;

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** The code with a hash; hex digits of SHA-256. */
type CodeOf = (hash: string) => string | undefined;

/** Little time for most of the gain; the window holds all code that a transaction repeats. */
const OPTIONS = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 22 },
};

/** Compresses in another thread. */
export async function packTransaction(recorded: Recorded): Promise<PackedTransaction> {
  const { preState, codes } = withoutCode(recorded.preState);
  const transaction = withoutSidecar(recorded.transaction);
  const record = await compress(JSON.stringify({ ...recorded, transaction, preState }), OPTIONS);
  return { hash: bytesOf(recorded.transaction.hash), record, codes };
}

export const unpackTransaction = (record: Uint8Array, codeOf: CodeOf): Recorded =>
  parse(brotliDecompressSync(record), codeOf);

/** The same, for many of them: decompresses in another thread. */
export const unpackOneOfMany = async (record: Uint8Array, codeOf: CodeOf): Promise<Recorded> =>
  parse(await decompress(record), codeOf);

function parse(text: Buffer, codeOf: CodeOf): Recorded {
  const { preState, trace, ...recorded } = JSON.parse(text.toString()) as Recorded;
  return {
    ...recorded,
    trace: trace && withOwnGas(trace, recorded.receipt),
    preState: withCode(preState, codeOf),
  };
}

export const packCode = (code: Buffer): Promise<Buffer> => compress(code, OPTIONS);

export const unpackCode = (packed: Uint8Array): string =>
  `0x${brotliDecompressSync(packed).toString('hex')}`;

/** Some nodes tell the blobs that a transaction came with, which are no part of it, and large. */
const SIDECAR = ['blobs', 'commitments', 'proofs', 'cellProofs'];

const withoutSidecar = (transaction: Recorded['transaction']): Recorded['transaction'] =>
  transaction.blobVersionedHashes === undefined
    ? transaction
    : (Object.fromEntries(
        Object.entries(transaction).filter(([name]) => !SIDECAR.includes(name)),
      ) as unknown as Recorded['transaction']);

/** With the hash of each code, as hex digits, in the place of it. */
function withoutCode(preState: PreState | null): {
  preState: PreState | null;
  codes: PackedCode[];
} {
  if (preState === null) return { preState, codes: [] };
  const codes = new Map<string, PackedCode>();
  const accounts = Object.entries(preState).map(([address, account]) => {
    if (account.code === undefined || account.code === '0x') return [address, account] as const;
    const code = bytesOf(account.code);
    const hash = createHash('sha256').update(code).digest();
    const digits = hash.toString('hex');
    codes.set(digits, { hash, code });
    return [address, { ...account, code: digits }] as const;
  });
  return { preState: Object.fromEntries(accounts), codes: [...codes.values()] };
}

function withCode(preState: PreState | null, codeOf: CodeOf): PreState | null {
  if (preState === null) return null;
  const accounts = Object.entries(preState).map(([address, account]) => {
    const code = account.code && account.code !== '0x' ? codeOf(account.code) : account.code;
    return [address, { ...account, code }] as const;
  });
  return Object.fromEntries(accounts);
}
