import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { messageOf } from '../shared/errors.ts';
import {
  type Opened,
  type Opening,
  opening,
  order,
  type Reply,
  type TransactionToSign,
} from './control/protocol.ts';
import { differenceFrom, type Terms } from './control/terms.ts';
import { KeystoreUnusable, makeKeystore, openKeystore } from './keystore.ts';
import { SecretUnusable, secretIn } from './several-secrets.ts';

type Moving = Extract<Opening, { move: unknown }>['move'];

/** Holds one key for as long as it is told to, see `protocol.ts`. Resolves when that is over. */
export async function serveKey(input: Readable, output: Writable): Promise<void> {
  const say = (message: Opened | Reply) => output.write(`${JSON.stringify(message)}\n`);
  const lines = createInterface({ input })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done) return;
  const asked = opening.parse(JSON.parse(first.value));
  const { reply, key } = openedBy(asked);
  say(reply);
  if (key === null || !('open' in asked)) return;
  const held = new HeldKey(key);
  const over = setTimeout(() => input.destroy(), asked.withinMs);
  for (let line = await lines.next(); !line.done; line = await lines.next()) {
    const { id, ...rest } = order.parse(JSON.parse(line.value));
    try {
      if ('sign' in rest) say({ id, raw: await held.sign(rest.sign) });
      else {
        held.bind(rest.terms);
        clearTimeout(over);
        say({ id });
      }
    } catch (error) {
      say({ id, refused: messageOf(error) });
    }
  }
  clearTimeout(over);
}

function openedBy(asked: Opening): { reply: Opened; key: Hex | null } {
  if ('create' in asked) return { reply: makeKeystore(asked.create.password), key: null };
  if ('import' in asked) return { reply: imported(asked.import), key: null };
  if ('move' in asked) return { reply: moved(asked.move), key: null };
  try {
    const key = openKeystore(asked.open.keystore, asked.open.password);
    if (key === null) return refused('password', 'the password is wrong');
    return { reply: { address: privateKeyToAccount(key).address }, key };
  } catch (error) {
    const why = error instanceof KeystoreUnusable ? error.message : 'it holds no key';
    return refused('keystore', why);
  }
}

function imported({ privateKey, password }: { privateKey: string; password: string }): Opened {
  const digits = /^(?:0x)?([0-9a-f]{64})$/i.exec(privateKey.trim())?.[1];
  const notOne = refused('key', 'it is no private key of 32 bytes in hex').reply;
  if (!digits) return notOne;
  try {
    return makeKeystore(password, `0x${digits}`);
  } catch {
    // Not on the curve. The error of the library has the key in it.
    return notOne;
  }
}

function moved({ keystore, entry, itsPassword, password }: Moving): Opened {
  try {
    const privateKey = secretIn(keystore, entry, itsPassword);
    if (privateKey === null) return refused('password', 'the password is wrong').reply;
    return imported({ privateKey, password });
  } catch (error) {
    const why = error instanceof SecretUnusable ? error.message : 'it holds no key';
    return refused('keystore', why).reply;
  }
}

const refused = (what: 'password' | 'keystore' | 'key', why: string) => ({
  reply: { refused: what, why },
  key: null,
});

/** A key, and what it may sign. */
class HeldKey {
  readonly #key: Hex;
  #terms: Terms | undefined;

  constructor(key: Hex) {
    this.#key = key;
  }

  bind(terms: Terms): void {
    if (this.#terms) throw new Error('The key is bound to other terms already.');
    this.#terms = terms;
  }

  async sign(asked: TransactionToSign): Promise<Hex> {
    if (!this.#terms) throw new Error('The key is bound to nothing yet.');
    const difference = differenceFrom(this.#terms, asked);
    if (difference) throw new Error(difference);
    const { nonce, to, data } = asked;
    const { chainId } = this.#terms;
    const [value, gas] = [BigInt(asked.value), BigInt(asked.gas)];
    const common = { chainId, nonce, data, value, gas, ...(to === null ? {} : { to }) };
    const { maxFeePerGas, maxPriorityFeePerGas: tip } = asked;
    return privateKeyToAccount(this.#key).signTransaction(
      tip === undefined
        ? { ...common, type: 'legacy', gasPrice: BigInt(maxFeePerGas) }
        : {
            ...{ ...common, type: 'eip1559', maxFeePerGas: BigInt(maxFeePerGas) },
            maxPriorityFeePerGas: BigInt(tip),
          },
    );
  }
}
