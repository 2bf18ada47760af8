import { encodeDeployData, encodeFunctionData, type Hex } from 'viem';
import { insideProject } from '#test/harness/inside-project.ts';
import { type Figure, plainFigure } from './figure.ts';
import { measurePauses, pauseFigures } from './pauses.ts';
import { running, sendOne } from './running-chain.ts';

/** About a million instructions. */
const ROUNDS = 6500n;

/** A loop of some million instructions, line by line in its sources. */
export async function manySteps(): Promise<Figure[]> {
  await using ours = await running(true);
  const { core, call } = ours;
  const { client, chain: network } = core;
  await using project = await insideProject('src/Loops.sol', 'not optimised');
  await client.projects.add({ path: project.path, name: 'loops' });
  await client.artifacts.list({ project: 'loops' });
  const { abi = [], creation } = project.contracts.get('Loops') ?? {};
  const bytecode: Hex = `0x${creation?.object}`;
  const created = await sendOne(call, {
    data: encodeDeployData({ abi, bytecode }),
    ...{ to: undefined, value: '0x0', gas: '0x200000' },
  });
  const receipt = await call<{ contractAddress: string }>('eth_getTransactionReceipt', [created]);
  const data = encodeFunctionData({ abi, functionName: 'turn', args: [ROUNDS] });
  const to = receipt.contractAddress;
  const hash = await sendOne(call, { to, value: '0x0', data, gas: '0x1c00000' });
  // What is loaded once is no part of it.
  await client.explorer.steps({ network, hash: created });
  const pauses = await measurePauses();
  const cpu = process.cpuUsage();
  const began = performance.now();
  const { count, instructions, problem } = await client.explorer.steps({ network, hash });
  const took = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  if (count === 0) throw new Error(`no lines: ${problem}`);
  const millions = instructions / 1e6;
  return [
    ...(await pauseFigures(pauses, 'while many instructions are read', { instructions })),
    plainFigure('a million instructions by their lines', took / millions, 'ms', null),
    plainFigure('its CPU, beside the node', (user + system) / 1000 / millions, 'ms', null),
  ];
}
