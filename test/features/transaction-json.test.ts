import { encodeDeployData, encodeFunctionData } from 'viem';
import { expect, test } from 'vitest';
import { FollowedChain } from '#test/harness/followed-chain.ts';
import { insideProject } from '#test/harness/inside-project.ts';

const call = {
  type: expect.stringMatching(/^(CALL|STATICCALL|DELEGATECALL|CREATE2?)$/),
  contract: expect.any(String),
  function: expect.any(String),
  arguments: expect.any(Array),
  gasUsed: expect.stringMatching(/^\d+$/),
};

/** What programs read of a transaction: a change here breaks them. */
test('a transaction with its trace has the fields that are promised, at every depth', async () => {
  await using chain = await FollowedChain.open();
  await using project = await insideProject('src/Values.sol', 'not optimised');
  await chain.client.projects.add({ path: project.path, name: 'values' });
  const { abi = [], creation } = project.contracts.get('Caller') ?? {};
  const data = encodeDeployData({ abi, bytecode: `0x${creation?.object}`, args: [] });
  const { contractAddress: to } = await chain.send({ data });
  const { hash } = await chain.send({
    to,
    data: encodeFunctionData({ abi, functionName: 'run', args: [9n] }),
  });
  const shown = await chain.client.explorer.transaction({ network: 'local', hash, trace: true });
  const given = [{ name: 'given', type: 'uint256', value: '9' }];
  expect(shown).toMatchObject({
    ...{ hash, status: 'success' },
    from: { address: expect.stringMatching(/^0x[0-9a-fA-F]{40}$/) },
    to: { address: expect.any(String), contract: 'Caller' },
    ...{ function: 'run(uint256)', arguments: given },
    events: [
      { address: expect.any(String), contract: 'Callee', name: 'Seen', arguments: [{}, {}] },
      { contract: 'Callee', name: 'Seen' },
      { contract: 'Caller', name: 'Seen', arguments: [{ name: 'given', value: '9' }, {}] },
    ],
    trace: {
      ...call,
      ...{ type: 'CALL', contract: 'Caller', function: 'run(uint256)', arguments: given },
      ...{ result: [], error: null },
      calls: [
        { ...call, type: 'CREATE', contract: 'Callee', function: 'constructor()', error: null },
        { ...call, contract: 'Callee', result: [{ value: '18' }], error: null, calls: [] },
        { ...call, contract: 'Callee', result: [{ value: '18' }], error: null, calls: [] },
      ],
    },
  });
});
