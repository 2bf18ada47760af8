import { expect, test } from 'vitest';
import { openTestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { scriptProject } from '#test/harness/script-project.ts';

const KEY = 'hk-93xPbV2-of-the-harbour';

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
  await using fixture = await scriptProject({ Deploy: TELLS }, ENV);
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
});
