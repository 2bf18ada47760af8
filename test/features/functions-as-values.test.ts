import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findTool } from '#main/engines/process/tools.ts';
import { cast } from '#main/kinds/foundry/tools.ts';
import { appRoot } from '#main/lib/app-root.ts';
import { textOf } from '#main/shared/decoded-text.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { FollowedChain } from '#test/harness/followed-chain.ts';
import { type InsideProject, insideProject } from '#test/harness/inside-project.ts';

const run = promisify(execFile);
const NONE = `0x${'0'.repeat(48)}`;

let chain: FollowedChain;
let project: InsideProject;
let contract: string;
/** `take` of the contract. */
let take: string;
beforeAll(async () => {
  chain = await FollowedChain.open();
  project = await insideProject('src/Callbacks.sol');
  await chain.client.projects.add({ path: project.path, name: 'callbacks' });
  const { creation } = project.contracts.get('Callbacks') ?? {};
  const data = `0x${creation?.object}${'12'.repeat(24).padEnd(64, '0')}` as const;
  contract = (await chain.send({ data })).contractAddress;
  const { value } = await chain.client.contracts.read(at('own'));
  take = (value as [{ run: string }])[0].run;
});
afterAll(async () => {
  await chain?.[Symbol.asyncDispose]();
  await project?.[Symbol.asyncDispose]();
});

const at = (name: string, given: string[] = []) => ({
  ...{ network: 'local', contract, function: name, arguments: given },
});

test('they are read as an address and a selector, alone, in structs and in lists', async () => {
  expect(take).toMatch(new RegExp(`^${contract}[\\da-f]{8}$`, 'i'));
  expect(await chain.client.contracts.read(at('own'))).toMatchObject({
    function: 'own()',
    value: [{ run: take, kind: '2' }, [NONE, take]],
  });
  const { values } = await chain.client.contracts.read(at('chosen'));
  expect(values).toEqual([{ name: '', type: 'function', value: `0x${'12'.repeat(24)}` }]);
});

test('they are sent, and told of calls, events, errors and creations', async () => {
  const { client } = chain;
  const sent = await client.contracts.send(at('choose', [take, `[(${take}, 7)]`]));
  expect(sent.events.map((one) => `${one.name} ${one.arguments.map(textOf).join(' ')}`)).toEqual([
    ...[`Chosen ${take} (${take}, 7)`, `Unsigned ${take} 7`],
  ]);
  const asked = { network: 'local', hash: sent.hash, trace: true };
  const shown = await client.explorer.transaction(asked);
  expect(shown.function).toBe('choose(function,(function,uint8)[])');
  expect(shown.arguments.map(textOf)).toEqual([take, `[(${take}, 7)]`]);
  expect(shown.trace?.result?.map(textOf)).toEqual(['true']);
  expect(shown.trace?.calls.map((one) => one.function)).toEqual(['take(uint256)']);
  const logs = await client.contracts.events({
    ...{ network: 'local', contract, event: 'Chosen', where: { by: take } },
  });
  expect(logs.events.map(({ transactionHash }) => transactionHash)).toEqual([sent.hash]);
  const tried = await client.contracts.simulate(at('choose', [NONE, `[(${take}, 7)]`]));
  expect(tried.error?.text).toBe(`Refused(${take})`);
  const { transactions } = await client.explorer.transactions({ network: 'local' });
  const created = transactions.find((one) => one.created !== null);
  const creation = await client.explorer.transaction({
    ...{ network: 'local', hash: `${created?.hash}`, trace: true },
  });
  expect(creation.trace?.function).toBe('constructor(function)');
  expect(creation.trace?.arguments.map(textOf)).toEqual([`0x${'12'.repeat(24)}`]);
});

test('what is none is refused with what is expected', async () => {
  const refused = chain.client.contracts.simulate(at('choose', [contract, '[]']));
  await expect(refused).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
    message: expect.stringContaining('must be a function (0x and 48 hex digits'),
  });
});

test('snippets for cast and viem do the same', async () => {
  const { client } = chain;
  const call = at('choose', [take, `[(${take}, 7)]`]);
  const forCast = await client.contracts.snippet({ ...call, as: 'cast' });
  const folder = path.dirname(findTool(cast).path);
  const { stdout } = await run('sh', ['-c', forCast.text], {
    env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
  });
  expect(stdout.trim()).toBe('true');
  expect(await ranViem({ ...call, as: 'viem' }, 'value')).toBe('[ true ]');
  expect(await ranViem({ ...at('own'), as: 'viem' }, 'value[1]')).toBe(
    `[\n  '${NONE}',\n  '${take}'\n]`,
  );
  const hash = await ranViem({ ...call, as: 'viem', sends: true }, 'hash');
  const sent = await client.explorer.transaction({ network: 'local', hash });
  expect(sent.arguments.map(textOf)).toEqual([take, `[(${take}, 7)]`]);
});

async function ranViem(
  asked: Parameters<FollowedChain['client']['contracts']['snippet']>[0],
  shown: string,
): Promise<string> {
  const { text } = await chain.client.contracts.snippet(asked);
  await using folder = await temporaryFolder();
  const script = path.join(folder.path, 'call.mjs');
  const viem = path.join(appRoot(), 'node_modules/viem/_esm/index.js');
  await writeFile(script, `${text.replace("'viem'", `'${viem}'`)}console.log(${shown});\n`);
  return (await run(process.execPath, [script])).stdout.trim();
}
