import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openTestApp } from '#test/harness/app.ts';
import { openDoor } from '#test/harness/doors.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { scriptProject } from '#test/harness/script-project.ts';
import { SecretsHunt } from '#test/harness/secrets-hunt/hunt.ts';
import { drydock } from '#test/harness/traces-left.ts';

const PEM = `-----BEGIN PRIVATE KEY-----
${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj'}
${'MzEfYyjiWA4R4ypb8mN0pQ1VhSSKQ2nZ3GxkT9dF7uQ5eYcW0aLrJ6vHsB4tXoIq'}
-----END PRIVATE KEY-----`;
const KEY = `0x${'5eC12e7f'.repeat(8)}`;
const TOKEN = 'tok "quoted" & more/than+that';
const LIST = 'k1-7Qe93xPbV2zz9,k2-8Re04yQcW3aa0';
const LOOKED_UP = 'hk-58sVbQ3-under-the-crane';
/** Nothing that Drydock guesses by: only that it is kept as a variable tells that it is secret. */
const PLAIN = 'blue harbour at noon';

/** Tells what it is given in several shapes, stays for a while, and fails of one when it is told to. */
const TELLS = `
  log(env.envString("SIGNING_KEY"));
  log(env.serializeString("o", "pem", env.envString("SIGNING_KEY")));
  log(env.toString(env.envUint("DEPLOYER")));
  log(string.concat("token: ", env.envString("SERVICE_TOKEN"), ", ", env.envString("WORDS")));
  log(string.concat("second of the list: ", env.envString("KEYS", ",")[1]));
  log(env.envString("LOOKED_UP"));
  log(env.toBase64(env.envString("SERVICE_TOKEN")));
  env.sleep(1500);
  vm.startBroadcast(); new C(bytes(env.envString("WORDS")).length); vm.stopBroadcast();
  if (env.envOr("FAILS", false)) revert(string.concat("no luck with ", env.envString("WORDS")));`;

const ENV = `
interface Env {
  function envString(string calldata) external view returns (string memory);
  function envString(string calldata, string calldata) external view returns (string[] memory);
  function envUint(string calldata) external view returns (uint256);
  function envOr(string calldata, bool) external view returns (bool);
  function toString(uint256) external pure returns (string memory);
  function toBase64(string calldata) external pure returns (string memory);
  function serializeString(string calldata, string calldata, string calldata) external returns (string memory);
  function sleep(uint256) external;
}
Env constant env = Env(address(uint160(uint256(keccak256("hevm cheat code")))));
function log(string memory text) view {
  (bool done,) = 0x000000000000000000636F6e736F6c652e6c6f67.staticcall(abi.encodeWithSignature("log(string)", text));
  require(done);
}
`;

/** The tool, and what it starts. */
const TOOL = /\bforge script\b|\brun-solc\b|^git rev-parse --short HEAD\b/;

test('what a project keeps secret is nowhere but in the environment of its tool', async () => {
  await using core = await openTestApp();
  await using elsewhere = await temporaryFolder();
  await using fixture = await scriptProject({ Deploy: TELLS }, ENV);
  const hunt = await SecretsHunt.begin(core);
  hunt.project(fixture.folder);
  for (const [name, secret] of Object.entries({ PEM, KEY, TOKEN, LIST, LOOKED_UP, PLAIN })) {
    hunt.keep(name, secret, { env: TOOL });
  }
  const { client } = await openDoor('in-process', core.app);
  const { id: project } = await client.projects.add({ path: fixture.folder, name: 'yard' });
  const { environments } = client;
  const file = path.join(elsewhere.path, 'key');
  hunt.except(file);
  await writeFile(file, `${LOOKED_UP}\n`);
  await environments.set({ name: 'SIGNING_KEY', value: PEM });
  await environments.set({ project, name: 'DEPLOYER', value: KEY });
  await environments.set({ project, name: 'SERVICE_TOKEN', value: TOKEN });
  await environments.set({ project, target: 'local', name: 'WORDS', value: PLAIN });
  await environments.set({ target: 'local', name: 'KEYS', value: LIST });
  const reference = `file:${file}`;
  await environments.set({ project, name: 'LOOKED_UP', reference });

  async function deploy() {
    const { id } = await client.deployments.start({ project, target: 'local' });
    const events = [];
    for await (const batch of await client.deployments.watch({ id })) events.push(...batch);
    return { id, events, detail: await client.deployments.get({ id }) };
  }
  const went = await deploy();
  expect(went.detail).toMatchObject({ status: 'succeeded', failure: null });
  await environments.set({ project, name: 'FAILS', value: 'true' });
  const failed = await deploy();
  expect(failed.detail.failure?.message).toContain('no luck with ••••');
  const lines = went.events.flatMap((event) => (event.type === 'log' ? [event.text] : []));
  expect(lines.filter((line) => line.includes('••••')).length).toBeGreaterThan(6);
  await hunt.end({
    journal: [went.events, failed.events],
    differences: await client.history.diff({ a: went.id, b: failed.id }),
    variables: await environments.export({ project, target: 'local' }),
    'export on the command line': await drydock(core.home, 'env', 'export', 'yard', '--json'),
  });
  // The tool had them, or nothing was looked at.
  if (process.platform === 'linux') expect(hunt.given).toContain('forge script');
}, 180_000);
