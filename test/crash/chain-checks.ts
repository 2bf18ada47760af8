import { rpc } from '#main/eth/rpc.ts';
import type { HostProcess } from '#test/harness/host-process.ts';
import { made } from '#test/harness/made.ts';
import { recordedTransactions } from './records.ts';

/** What the records of runs on the local chain say that isn't so there, a sentence each. */
export async function wrongOnChain(
  { client }: HostProcess,
  home: string,
  /** Of each crash one transaction may be unknown: sent, and not yet written down by its tool. */
  crashes: number,
): Promise<string[]> {
  const chain = await client.chains.get({ chain: 'local' });
  if (chain.status !== 'running') return [];
  const call = rpc(chain.rpcUrl as string);
  const wrong: string[] = [];

  const recorded = recordedTransactions(home);
  const [sender] = await call<string[]>('eth_accounts');
  const sent = Number(await call<string>('eth_getTransactionCount', [sender, 'latest']));
  if (recorded > sent || sent - recorded > crashes) {
    wrong.push(`${sent} transactions are on the chain, ${recorded} are recorded`);
  }

  return [...wrong, ...(await wrongOfLive({ client }))];
}

/** What is recorded as live, and isn't on the local chain; a sentence each. The chain runs. */
export async function wrongOfLive({ client }: Pick<HostProcess, 'client'>): Promise<string[]> {
  const { rpcUrl } = await client.chains.get({ chain: 'local' });
  const call = rpc(rpcUrl as string);
  const wrong: string[] = [];
  const { items } = await client.deployments.list({ limit: 10, live: true });
  for (const { id } of items) {
    const run = await client.deployments.get({ id });
    for (const { address } of made(run).contracts.filter((one) => one.verified)) {
      const code = await call<string>('eth_getCode', [address, 'latest']);
      if (code === '0x') wrong.push(`no code at ${address} of deployment ${run.id}`);
    }
    for (const { hash, status } of made(run).transactions) {
      if (run.status !== 'succeeded' && status !== 'success') continue;
      const known = await call('eth_getTransactionReceipt', [hash]);
      if (!known) wrong.push(`transaction ${hash} of deployment ${run.id} is not on the chain`);
    }
  }
  return wrong;
}
