import {
  type Abi,
  decodeFunctionResult,
  encodeDeployData,
  encodeFunctionData,
  getAddress,
  type Hex,
} from 'viem';
import { vi } from 'vitest';
import { type Rpc, rpc } from '#main/eth/rpc.ts';
import { openTestApp, type TestApp } from './app.ts';
import { type Client, openDoor } from './doors.ts';
import type { Published } from './third-party.ts';
import { tokenContracts } from './token-contracts.ts';

/** A chain with tokens of published libraries, which a person deals. */
export class TokenYard implements AsyncDisposable {
  readonly network = 'local';

  private constructor(
    readonly core: TestApp,
    readonly client: Client,
    readonly call: Rpc,
    /** anvil's own accounts; the first one deploys. */
    readonly accounts: readonly Hex[],
    readonly contracts: Map<string, Published>,
  ) {}

  static async open(): Promise<TokenYard> {
    const contracts = await tokenContracts();
    const core = await openTestApp();
    const { client } = await openDoor('in-process', core.app);
    const { rpcUrl } = await client.chains.start({ chain: 'local' });
    const call = rpc(rpcUrl as string);
    const accounts = (await call<Hex[]>('eth_accounts')).map((one) => getAddress(one));
    return new TokenYard(core, client, call, accounts, contracts);
  }

  abiOf(name: string): Abi {
    return this.contracts.get(name)?.abi ?? [];
  }

  async deploy(name: string, args: unknown[] = []): Promise<Hex> {
    const { abi, bytecode } = this.contracts.get(name) as Published;
    const { created } = await this.send({ data: encodeDeployData({ abi, bytecode, args }) });
    return getAddress(created as string);
  }

  /** Mined and successful, else it throws. */
  async send(transaction: { to?: string; data: Hex; from?: string }) {
    const hash = await this.call<string>('eth_sendTransaction', [
      { from: this.accounts[0], gas: '0x989680', ...transaction },
    ]);
    const receipt = await vi.waitFor(async () => {
      const found = await this.call<{ status: string; contractAddress: string | null } | null>(
        'eth_getTransactionReceipt',
        [hash],
      );
      if (!found) throw new Error('not mined yet');
      return found;
    });
    if (receipt.status !== '0x1') throw new Error(`${hash} was reverted`);
    return { hash, created: receipt.contractAddress };
  }

  async use(to: string, name: string, functionName: string, args: unknown[], from?: string) {
    const data = encodeFunctionData({ abi: this.abiOf(name), functionName, args });
    return this.send({ to, data, ...(from ? { from } : {}) });
  }

  async ask<T>(to: string, name: string, functionName: string, args: unknown[] = []): Promise<T> {
    const abi = this.abiOf(name);
    const data = encodeFunctionData({ abi, functionName, args });
    const output = await this.call<Hex>('eth_call', [{ to, data }, 'latest']);
    return decodeFunctionResult({ abi, functionName, data: output }) as T;
  }

  /** The whole state, as the chain would save it. */
  dump = (): Promise<string> => this.call<string>('anvil_dumpState');

  deal = (input: Omit<Parameters<Client['accounts']['deal']>[0], 'network'>) =>
    this.client.accounts.deal({ network: this.network, ...input });

  async [Symbol.asyncDispose](): Promise<void> {
    await this.core[Symbol.asyncDispose]();
  }
}
