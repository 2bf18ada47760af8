import { type Rpc, rpc } from '#main/eth/rpc.ts';
import { type Core, openCore } from './core.ts';

export interface Running {
  core: Core;
  call: Rpc;
}

export async function running(follow: boolean): Promise<Running & AsyncDisposable> {
  const core = await openCore({ follow });
  const { rpcUrl } = await core.client.chains.start({ chain: core.chain });
  return {
    ...{ core, call: rpc(rpcUrl as string) },
    [Symbol.asyncDispose]: () => core[Symbol.asyncDispose](),
  };
}

export async function sendOne(call: Rpc, more: object = {}): Promise<string> {
  const [from, to] = await call<string[]>('eth_accounts');
  const hash = await call<string>('eth_sendTransaction', [{ from, to, value: '0x1', ...more }]);
  while ((await call('eth_getTransactionReceipt', [hash])) === null);
  return hash;
}
