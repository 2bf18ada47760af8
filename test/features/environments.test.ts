import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openTestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { scriptProject } from '#test/harness/script-project.ts';
import { SecretsHunt } from '#test/harness/secrets-hunt/hunt.ts';

const KEY = 'hk-47rTcW8-of-the-dry-dock';

/** Tells its variable, and sends its length to a contract. */
const TELLS = `
  (bool done,) = 0x000000000000000000636F6e736F6c652e6c6f67.staticcall(
    abi.encodeWithSignature("log(string)", string.concat("key: ", env.envString("API_KEY"))));
  require(done);
  vm.startBroadcast(); new C(bytes(env.envString("API_KEY")).length); vm.stopBroadcast();`;

/** What the scripts of these tests read their variables with. */
const ENV = `
interface Env { function envString(string calldata) external view returns (string memory); }
Env constant env = Env(address(uint160(uint256(keccak256("hevm cheat code")))));
`;

async function deployed(client: Client, project: number, input: Record<string, unknown> = {}) {
  const { id } = await client.deployments.start({ project, target: 'local', input });
  const events = [];
  for await (const batch of await client.deployments.watch({ id })) events.push(...batch);
  const lines = events.flatMap((event) => (event.type === 'log' ? [event.text] : []));
  return { lines, detail: await client.deployments.get({ id }) };
}

test('a script is given the variables of its project, and its log hides them', async () => {
  await using core = await openTestApp();
  const hunt = await SecretsHunt.begin(core);
  hunt.keep('variable', KEY, { env: /forge script|run-solc|^git rev-parse --short HEAD/ });
  await using fixture = await scriptProject({ Deploy: TELLS }, ENV);
  hunt.project(fixture.folder);
  const { client } = await openDoor('in-process', core.app);
  const { id: project } = await client.projects.add({ path: fixture.folder, name: 'yard' });

  const lacking = await deployed(client, project);
  expect(lacking.detail.failure?.message).toContain('API_KEY');

  const kept = await client.environments.set({ project, name: 'API_KEY', value: KEY });
  expect(kept).toMatchObject({ name: 'API_KEY', secret: true, isEffective: true });
  expect(JSON.stringify(kept)).not.toContain(KEY);
  const { lines, detail } = await deployed(client, project);
  expect(detail).toMatchObject({ status: 'succeeded', failure: null });
  expect(lines).toContain('Variables: API_KEY (this project).');
  expect(lines.map((line) => line.trim())).toContain('key: ••••');
  expect(detail.result).toMatchObject({
    transactions: [{ arguments: [`${KEY.length}`] }],
  });
  expect(JSON.stringify([lines, detail])).not.toContain(KEY);
  expect(await client.environments.reveal({ project, name: 'API_KEY' })).toEqual({ value: KEY });

  // What the run itself is given counts most, and is part of its request.
  const env = [`API_KEY=0x${'0'.repeat(40)}`];
  const own = await deployed(client, project, { env });
  expect(own.detail).toMatchObject({
    ...{ status: 'succeeded', input: { env }, result: { transactions: [{ arguments: ['42'] }] } },
  });
  await hunt.end({ lines });
});

/** A core with a project that is only named. */
async function withYard() {
  const stack = new AsyncDisposableStack();
  const core = stack.use(await openTestApp());
  const fixture = stack.use(await scriptProject({ Deploy: '' }));
  const { client } = await openDoor('in-process', core.app);
  const { id: project } = await client.projects.add({ path: fixture.folder, name: 'yard' });
  return { client, project, core, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

test('of the same name the more particular one counts', async () => {
  await using yard = await withYard();
  const { environments } = yard.client;
  const scopes = [
    {},
    { target: 'local' },
    { project: 'yard' },
    { project: 'yard', target: 'local' },
  ];
  const counting = async (target?: string) => {
    const all = await environments.list({ project: 'yard', target });
    return all
      .filter(({ isEffective }) => isEffective)
      .map((one) => ({ project: one.project?.name, target: one.target }));
  };
  for (const [index, scope] of scopes.entries()) {
    await environments.set({ ...scope, name: 'RPC', value: `https://rpc.example/${index}` });
    expect(await counting('local')).toEqual([
      { project: scope.project, target: scope.target ?? null },
    ]);
  }
  expect(await counting()).toEqual([{ project: 'yard', target: null }]);
  expect(await environments.list({ project: 'yard' })).toHaveLength(4);
  expect(await environments.list({})).toHaveLength(2);

  await environments.unset({ project: 'yard', target: 'local', name: 'RPC' });
  expect(await counting('local')).toEqual([{ project: 'yard', target: null }]);
  await yard.client.projects.remove({ project: 'yard' });
  expect(await environments.list({})).toHaveLength(2);
});

test('variables of a network go with it', async () => {
  await using yard = await withYard();
  const { environments, networks } = yard.client;
  await networks.save({ name: 'far', kind: 'remote', url: 'http://127.0.0.1:9' });
  for (const project of [null, 'yard']) {
    await environments.set({ project, target: 'far', name: 'RPC', value: '1' });
  }
  await networks.remove({ name: 'far' });
  await expect.poll(() => environments.list({ project: 'yard' })).toEqual([]);
});

test.each([
  ['OWNER', '0x00000000000000000000000000000000000000aa', false],
  ['ROUNDS', '12', false],
  ['API', 'https://api.example.org/v1', false],
  ['RPC_URL', 'https://rpc.example.org/v2/0123456789abcdef0123', true],
  ['TOKEN_NAME', 'Harbour', true],
  ['DB_PASSWORD', 'root', true],
])('%s=%s: hidden unless it is plainly no secret', async (name, value, secret) => {
  await using yard = await withYard();
  const { environments } = yard.client;
  expect(await environments.set({ name, value })).toMatchObject({ secret });
  expect(await environments.set({ name, secret: !secret })).toMatchObject({ secret: !secret });
  expect(await environments.reveal({ name })).toEqual({ value });
  // A private key is never shown because of what was said of another value.
  await environments.set({ name, value: `0x${'5eC12e7f'.repeat(8)}` });
  expect(await environments.list({})).toMatchObject([{ name, secret: true }]);
});

const FILE = `# Of the provider.
API_KEY=it-is-one
OWNER=0x00000000000000000000000000000000000000aa
PEM="-----BEGIN-----
abc
-----END-----"
VAULT=op://Private/yard/key # looked up
PATH=/nowhere
`;

test('a file is imported only as it is said, and its export reads back the same', async () => {
  await using yard = await withYard();
  const { environments } = yard.client;
  const scope = { project: 'yard', target: 'local' };
  const states = async (text: string) =>
    Object.fromEntries(
      (await environments.read({ ...scope, text })).variables.map((one) => [one.name, one.state]),
    );
  expect(await states(FILE)).toEqual({ API_KEY: 'new', OWNER: 'new', PEM: 'new', VAULT: 'new' });
  const done = await environments.import({ ...scope, text: FILE });
  expect(done).toMatchObject({
    ...{ added: ['API_KEY', 'OWNER', 'PEM', 'VAULT'], replaced: [], kept: [] },
    problems: [{ line: 8, problem: expect.stringContaining('PATH') }],
  });
  expect(await environments.list(scope)).toMatchObject([
    { name: 'API_KEY', secret: true, note: 'Of the provider.' },
    { name: 'OWNER', secret: false },
    { name: 'PEM', secret: true, reference: null },
    { name: 'VAULT', reference: 'op://Private/yard/key', note: 'looked up' },
  ]);
  const { text, leftOut } = await environments.export({ ...scope, values: true });
  expect(leftOut).toEqual([]);
  expect(await states(text)).toEqual({
    ...{ API_KEY: 'same', OWNER: 'same', PEM: 'same', VAULT: 'same' },
  });
  const without = await environments.export(scope);
  expect(without.text).toContain('API_KEY=\n');
  expect(without.text).not.toContain('abc');

  const other = 'API_KEY=other\nOWNER=1\nNEW=1\n';
  const refused = environments.import({ ...scope, text: other });
  await expect(refused).rejects.toMatchObject({
    code: 'VARIABLE_TAKEN',
    message: expect.stringContaining('API_KEY, OWNER'),
  });
  expect(await states(other)).toEqual({ API_KEY: 'other', OWNER: 'other', NEW: 'new' });
  expect(await environments.import({ ...scope, text: other, replace: ['OWNER'] })).toMatchObject({
    ...{ added: ['NEW'], replaced: ['OWNER'], kept: ['API_KEY'] },
  });
  const { value } = await environments.reveal({ ...scope, name: 'API_KEY' });
  expect(value).toBe('it-is-one');
});

test('what a script asks for is compared with what its run would be given', async () => {
  await using core = await openTestApp();
  await using fixture = await scriptProject(
    { Deploy: TELLS, Other: 'vm.envUint("OF_OTHER");' },
    ENV,
  );
  await appendFile(path.join(fixture.folder, '.env'), 'OF_OTHER=1\nFOUNDRY_PROFILE=default\n');
  await appendFile(path.join(fixture.folder, '.env.example'), 'HINT=\n');
  const { client } = await openDoor('in-process', core.app);
  const { id: project } = await client.projects.add({ path: fixture.folder, name: 'yard' });
  const { environments } = client;
  const origins = async (entry?: string, target?: string) => {
    const { asked, missing } = await environments.check({ project, entry, target });
    return { missing, from: Object.fromEntries(asked.map((one) => [one.name, one.from])) };
  };
  const script = 'script/Deploy.s.sol:Deploy';
  expect(await origins()).toEqual({
    ...{ missing: ['API_KEY'], from: { API_KEY: null, HINT: null, OF_OTHER: 'file' } },
  });
  expect(await origins('script/Other.s.sol:Other')).toMatchObject({ missing: [] });
  await environments.set({ project, target: 'local', name: 'API_KEY', value: KEY });
  expect(await origins(script)).toMatchObject({ missing: ['API_KEY'] });
  expect(await origins(script, 'local')).toMatchObject({
    ...{ missing: [], from: { API_KEY: 'project-target' } },
  });

  // A setting of the tool would hold for the tool alone.
  await environments.set({ name: 'FOUNDRY_SRC', value: 'contracts' });
  expect(await environments.check({ project })).toMatchObject({
    problems: [expect.stringContaining('FOUNDRY_SRC is a setting of forge')],
  });
  const { lines } = await deployed(client, project, { script });
  expect(lines.join('\n')).toContain('FOUNDRY_SRC is a setting of forge');
  await environments.unset({ project, target: 'local', name: 'API_KEY' });
  const { detail } = await deployed(client, project, { script });
  expect(detail).toMatchObject({
    ...{ status: 'failed', warnings: [expect.stringContaining('drydock env set yard API_KEY')] },
  });
});
