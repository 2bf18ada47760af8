import { createReadStream } from 'node:fs';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AccountsText, NotAState } from './accounts-text.ts';

/** Where a state is read: a state file, or what a chain that runs returns as the result of a method. */
export type StateSource = { file: string } | { url: string; method: string };

/** Of an account, as a chain writes it down. */
export interface StoredAccount {
  nonce: bigint;
  balance: bigint;
  /** Hex. */
  code: string;
  /** Words by slot, hex of 32 bytes in lower case. Of a fork only those that were used. */
  storage: Readonly<Record<string, string>>;
}

/** By address, in lower case. */
export type State = ReadonlyMap<string, StoredAccount>;

interface WrittenAccount {
  nonce: number;
  balance: string;
  code: string;
  storage: Record<string, string>;
}

/** Throws NotAState; rejects with what the system or the connection says. */
export async function readState(source: StateSource): Promise<State> {
  const text = new AccountsText();
  const pieces =
    'file' in source ? createReadStream(source.file, { highWaterMark: 1 << 20 }) : dump(source);
  for await (const piece of pieces) text.push(piece as Buffer);
  return stateIn(text.end());
}

function stateIn(text: string): State {
  let written: Record<string, WrittenAccount>;
  try {
    written = JSON.parse(text) as Record<string, WrittenAccount>;
  } catch {
    throw new NotAState('its accounts are no JSON');
  }
  if (Array.isArray(written)) throw new NotAState('its accounts are a list');
  const state = new Map<string, StoredAccount>();
  for (const [address, account] of Object.entries(written)) {
    const { nonce, balance, code, storage } = account ?? {};
    if (typeof nonce !== 'number' || typeof balance !== 'string' || typeof code !== 'string') {
      throw new NotAState(`its account ${address} is not whole`);
    }
    const exact = Number.isSafeInteger(nonce) ? BigInt(nonce) : nonceIn(text, address);
    state.set(address.toLowerCase(), {
      ...{ nonce: exact, balance: BigInt(balance), code: code.toLowerCase() },
      storage: storage ?? {},
    });
  }
  return state;
}

/** One beyond 2^53, of which JSON as it is parsed has no more than the first digits. */
function nonceIn(text: string, address: string): bigint {
  const digits = new RegExp(`"${address}":\\{"nonce":(\\d+)`).exec(text)?.[1];
  if (digits === undefined) throw new NotAState(`the nonce of ${address} can't be read`);
  return BigInt(digits);
}

/** How long a chain may stay silent; one with a large state takes seconds to write it down. */
const ANSWER_MS = 60_000;
/** Gzipped JSON as hex, unpacked as it arrives. */
function dump({ url, method }: { url: string; method: string }): Readable {
  const question = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: [] });
  const unzip = createGunzip();
  const asked = request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(question) },
  });
  const fail = (error: Error) => unzip.destroy(error);
  asked.setTimeout(ANSWER_MS, () => asked.destroy(new Error('no answer in time')));
  asked.on('error', fail).on('response', (response) => {
    response.on('error', fail);
    Readable.from(bytesOfResult(response)).on('error', fail).pipe(unzip);
  });
  asked.end(question);
  return unzip;
}

const RESULT = '"result":"0x';

/** The bytes of the one hex string that a response has as its result. */
async function* bytesOfResult(response: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: string | null = '';
  let rest = '';
  for await (const piece of response) {
    let digits: string = rest + piece.toString('latin1');
    if (head !== null) {
      head += digits;
      const at: number = head.indexOf(RESULT);
      if (at < 0) continue;
      digits = head.slice(at + RESULT.length);
      head = null;
    }
    const end = digits.indexOf('"');
    const whole = end >= 0 ? end : digits.length - (digits.length % 2);
    if (whole > 0) yield Buffer.from(digits.slice(0, whole), 'hex');
    if (end >= 0) return;
    rest = digits.slice(whole);
  }
  throw new NotAState(`the chain told none: ${(head ?? '').slice(0, 200)}`);
}
