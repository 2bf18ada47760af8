import type { Hex } from 'viem';
import { vi } from 'vitest';
import { type Db, openDb } from '#main/db/open.ts';
import { type Rpc, rpc } from '#main/eth/rpc.ts';
import { type TracesStore, tracesStore } from '#main/features/traces/store.ts';
import { openTestApp, type TestApp } from './app.ts';
import { type Client, openDoor } from './doors.ts';
import { recorded } from './indexed.ts';

/** A core that follows its chain `local`, and what it has recorded of it. */
export class FollowedChain implements AsyncDisposable {
  readonly client: Client;
  readonly store: TracesStore;
  call: Rpc;
  readonly home: string;
  readonly #core: TestApp;
  /** What the core writes, read by another one. */
  readonly #db: Db;

  private constructor(core: TestApp, client: Client, db: Db, call: Rpc) {
    this.#core = core;
    this.home = core.home;
    this.#db = db;
    this.client = client;
    this.store = tracesStore(db);
    this.call = call;
  }

  static async open(): Promise<FollowedChain> {
    const core = await openTestApp({ follow: true });
    const { client } = await openDoor('in-process', core.app);
    const { rpcUrl } = await client.chains.start({ chain: 'local' });
    return new FollowedChain(core, client, openDb(core.home), rpc(rpcUrl as string));
  }

  /** After the chain was killed. */
  async startAgain(): Promise<void> {
    const { rpcUrl } = await this.client.chains.start({ chain: 'local' });
    this.call = rpc(rpcUrl as string);
  }

  /** Resolves once everything that the chain has mined is recorded. */
  async recorded(): Promise<void> {
    await recorded(this.#db, 'local', this.call);
  }

  /** From the first account; mined, whether it fails or not. */
  async send(transaction: { to?: string; data?: Hex; value?: string; gas?: string }): Promise<{
    hash: string;
    contractAddress: string;
    gasUsed: string;
  }> {
    const [from] = await this.call<string[]>('eth_accounts');
    const asked = { from, gas: '0x300000', ...transaction };
    const hash = await this.call<string>('eth_sendTransaction', [asked]);
    return vi.waitFor(async () => {
      const receipt = await this.call<{ contractAddress: string; gasUsed: string } | null>(
        'eth_getTransactionReceipt',
        [hash],
      );
      if (!receipt) throw new Error('not mined yet');
      return { hash, contractAddress: receipt.contractAddress ?? '', gasUsed: receipt.gasUsed };
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#db.close();
    await this.#core[Symbol.asyncDispose]();
  }
}
