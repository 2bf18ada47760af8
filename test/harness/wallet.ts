import { type Hex, parseTransaction } from 'viem';
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';
import { vi } from 'vitest';
import type { Rpc } from '#main/eth/rpc.ts';

/** The first byte of a creation's code ends it: an empty contract. */
const EMPTY_CONTRACT: Hex = '0x00';

export interface Sending {
  nonce?: number;
  /** null: creates a contract. */
  to?: Hex | null;
  value?: bigint;
}

/**
 * Sends as wallets of browsers do: with the chain's nonce, or the one after the last that it has
 * sent when that is larger. It isn't told of reverts.
 */
export class TestWallet {
  readonly account: PrivateKeyAccount = privateKeyToAccount(generatePrivateKey());
  readonly #call: Rpc;
  #next = 0;

  private constructor(call: Rpc) {
    this.#call = call;
  }

  /** @param direct to the node, which gives it something to spend */
  static async create(call: Rpc, direct: Rpc): Promise<TestWallet> {
    const wallet = new TestWallet(call);
    await direct('anvil_setBalance', [wallet.address, '0x3635c9adc5dea00000']);
    return wallet;
  }

  get address(): Hex {
    return this.account.address;
  }

  get key(): string {
    return this.address.toLowerCase();
  }

  async sign({ nonce, to = this.address, value = 0n }: Sending = {}): Promise<Hex> {
    const count = Number(await this.#call('eth_getTransactionCount', [this.address, 'pending']));
    const used = nonce ?? Math.max(count, this.#next);
    this.#next = Math.max(this.#next, used + 1);
    const chainId = Number(await this.#call('eth_chainId'));
    return this.account.signTransaction({
      ...{
        chainId,
        nonce: used,
        gas: 200_000n,
        maxFeePerGas: 10n ** 11n,
        maxPriorityFeePerGas: 1n,
      },
      ...(to === null ? { data: EMPTY_CONTRACT } : { to, value }),
    });
  }

  /** Returns the hash. */
  async send(sending: Sending = {}): Promise<string> {
    return this.#call<string>('eth_sendRawTransaction', [await this.sign(sending)]);
  }

  /** Resolves once it is mined, with the nonce that it had. */
  async sendAndWait(sending: Sending = {}): Promise<number> {
    const raw = await this.sign(sending);
    await this.mined(await this.#call<string>('eth_sendRawTransaction', [raw]));
    return parseTransaction(raw).nonce ?? 0;
  }

  mined(hash: string): Promise<{ status: string; contractAddress: string | null }> {
    return vi.waitFor(async () => {
      const receipt = await this.#call<{ status: string; contractAddress: string | null } | null>(
        'eth_getTransactionReceipt',
        [hash],
      );
      if (!receipt) throw new Error('not mined');
      return receipt;
    });
  }
}
