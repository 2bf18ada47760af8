import { encodeFunctionData } from 'viem';
import { expect, test } from 'vitest';
import { transactionText } from '#main/features/explorer/text.ts';
import { FollowedChain } from '#test/harness/followed-chain.ts';
import { insideProject } from '#test/harness/inside-project.ts';

test('events of a contract that its transaction created and destroyed have its name', async () => {
  await using chain = await FollowedChain.open();
  await using project = await insideProject('src/Fleeting.sol');
  await chain.client.projects.add({ path: project.path, name: 'fleeting' });
  const { abi = [], creation } = project.contracts.get('Hearth') ?? {};
  const { contractAddress: to } = await chain.send({ data: `0x${creation?.object}` });
  const data = encodeFunctionData({ abi, functionName: 'light', args: [3n] });
  const { hash } = await chain.send({ to, data });
  const show = (trace: boolean) =>
    chain.client.explorer.transaction({ network: 'local', hash, trace });
  const shown = await show(true);
  const [event] = shown.events;
  expect(await chain.call('eth_getCode', [event?.address, 'latest'])).toBe('0x');
  expect(event).toMatchObject({ contract: 'Spark', name: 'Lit', arguments: [{ value: '3' }] });
  expect(transactionText(shown)).toContain('Spark.Lit(times: 3)');
  await chain.recorded();
  expect((await show(false)).events).toMatchObject([{ contract: 'Spark' }]);
});
