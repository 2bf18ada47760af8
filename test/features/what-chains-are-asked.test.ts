import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { FollowedChain } from '#test/harness/followed-chain.ts';

/** How often anvil says that it was asked something. */
async function asked(home: string, method: string): Promise<number> {
  const log = await readFile(path.join(home, 'chains', 'local', 'anvil.log'), 'utf8');
  return log.split('\n').filter((line) => line.trim() === method).length;
}

test('a chain that is looked at, sent to and recorded is not asked what may stop it while it mines', async () => {
  await using chain = await FollowedChain.open();
  const { client, home } = chain;
  const network = 'local';
  const [to] = await chain.call<string[]>('eth_accounts');
  for (let i = 0; i < 10; i++) {
    const { hash } = await chain.send({ to, value: '0x1' });
    expect((await client.chains.get({ chain: network })).status).toBe('running');
    if (i < 5) continue;
    await chain.recorded();
    await client.explorer.transaction({ network, hash, trace: true, state: true, source: true });
  }
  expect(await asked(home, 'debug_traceCall')).toBeGreaterThan(20);
  expect(await asked(home, 'debug_traceTransaction')).toBe(0);
  // Once when it started.
  expect(await asked(home, 'anvil_nodeInfo')).toBe(1);
});
