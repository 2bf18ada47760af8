import { encodeDeployData, type Hex } from 'viem';
import { expect, test, vi } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import { openTestApp } from '#test/harness/app.ts';
import { openDoor } from '#test/harness/doors.ts';
import { insideProject } from '#test/harness/inside-project.ts';

test('keys of mappings are known to a core that follows no chain, as that of a command', async () => {
  await using core = await openTestApp();
  const { client } = await openDoor('in-process', core.app);
  await using project = await insideProject('src/Crowded.sol', 'optimised', { withLayouts: true });
  await client.projects.add({ path: project.path, name: 'crowded' });
  const { rpcUrl } = await client.chains.start({ chain: 'local' });
  const call = rpc(rpcUrl as string);
  const [from] = await call<string[]>('eth_accounts');
  const { abi = [], creation } = project.contracts.get('Crowded') ?? {};
  const bytecode: Hex = `0x${creation?.object}`;
  const data = encodeDeployData({ abi, bytecode, args: [3n] });
  const hash = await call<string>('eth_sendTransaction', [{ from, data, gas: '0x1000000' }]);
  const { contractAddress } = await vi.waitFor(async () => {
    const found = await call<{ contractAddress: string } | null>('eth_getTransactionReceipt', [
      hash,
    ]);
    if (!found) throw new Error('not mined yet');
    return found;
  });
  const { variables } = await client.contracts.storage({
    ...{ contract: contractAddress, network: 'local', variable: 'seats', limit: 100 },
  });
  const names = variables.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['seats[0]', 'seats[1]', 'seats[2]']));
});
