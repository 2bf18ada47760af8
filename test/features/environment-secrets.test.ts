import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openTestApp } from '#test/harness/app.ts';
import { openDoor } from '#test/harness/doors.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { scriptProject } from '#test/harness/script-project.ts';
import { drydock, filesOf, receiver } from '#test/harness/traces-left.ts';

const PEM = `-----BEGIN PRIVATE KEY-----
${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj'}
${'MzEfYyjiWA4R4ypb8mN0pQ1VhSSKQ2nZ3GxkT9dF7uQ5eYcW0aLrJ6vHsB4tXoIq'}
-----END PRIVATE KEY-----`;
const KEY = `0x${'5eC12e7f'.repeat(8)}`;
const TOKEN = 'tok "quoted" & more/than+that';
const LIST = 'k1-7Qe93xPbV2zz9,k2-8Re04yQcW3aa0';
const LOOKED_UP = 'hk-93xPbV2-of-the-harbour';
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

const LINES = PEM.split('\n').slice(1, 3);

/** What must be nowhere, by what it is. */
const secrets: Record<string, string> = {
  ...{ 'first line': LINES[0] ?? '', 'second line': LINES[1] ?? '', token: TOKEN, PLAIN },
  'key without prefix': KEY.slice(2),
  'key in lower case': KEY.slice(2).toLowerCase(),
  'key as a number': BigInt(KEY).toString(),
  'token in JSON': JSON.stringify(TOKEN).slice(1, -1),
  'token in a URL': encodeURIComponent(TOKEN),
  'token in base64': Buffer.from(TOKEN).toString('base64').replace(/=+$/, ''),
  'token in hex': Buffer.from(TOKEN).toString('hex'),
  'words in base64': Buffer.from(PLAIN).toString('base64').replace(/=+$/, ''),
  'one of a list': LIST.split(',')[1] ?? '',
  ...{ LOOKED_UP },
};

const found = (text: string): string[] =>
  Object.entries(secrets).flatMap(([name, secret]) => (text.includes(secret) ? [name] : []));

/** The arguments and the environment of every process that this user can see. */
function processesNow(): { args: string; env: string }[] {
  const read = (pid: string, file: string) => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'latin1').replaceAll('\0', '\n');
    } catch {
      return '';
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      // A process that begins gets both at once: what has this environment has those arguments.
      const env = read(pid, 'environ');
      return { env, args: read(pid, 'cmdline') };
    });
}

test('what a project keeps secret is nowhere but in the environment of its tool', async () => {
  await using core = await openTestApp();
  await using elsewhere = await temporaryFolder();
  await using fixture = await scriptProject({ Deploy: TELLS }, ENV);
  const hook = await receiver();
  const { client } = await openDoor('in-process', core.app);
  await client.webhooks.add({ name: 'mine', url: hook.url });
  const { id: project } = await client.projects.add({ path: fixture.folder, name: 'yard' });
  const { environments } = client;
  await writeFile(path.join(elsewhere.path, 'key'), `${LOOKED_UP}\n`);
  await environments.set({ name: 'SIGNING_KEY', value: PEM });
  await environments.set({ project, name: 'DEPLOYER', value: KEY });
  await environments.set({ project, name: 'SERVICE_TOKEN', value: TOKEN });
  await environments.set({ project, target: 'local', name: 'WORDS', value: PLAIN });
  await environments.set({ target: 'local', name: 'KEYS', value: LIST });
  const reference = `file:${elsewhere.path}/key`;
  await environments.set({ project, name: 'LOOKED_UP', reference });

  const args: string[] = [];
  const holders = new Set<string>();
  const look = () => {
    for (const one of processesNow()) {
      if (found(one.args).length > 0) args.push(one.args);
      if (found(one.env).length > 0) holders.add(one.args.replaceAll('\n', ' '));
    }
  };
  async function deploy() {
    const { id } = await client.deployments.start({ project, target: 'local' });
    const watching = process.platform === 'linux' ? setInterval(look, 50) : undefined;
    const events = [];
    for await (const batch of await client.deployments.watch({ id })) events.push(...batch);
    clearInterval(watching);
    return { id, events, detail: await client.deployments.get({ id }) };
  }
  const went = await deploy();
  expect(went.detail).toMatchObject({ status: 'succeeded', failure: null });
  await environments.set({ project, name: 'FAILS', value: 'true' });
  const failed = await deploy();
  expect(failed.detail.failure?.message).toContain('no luck with ••••');
  const lines = went.events.flatMap((event) => (event.type === 'log' ? [event.text] : []));
  expect(lines.filter((line) => line.includes('••••')).length).toBeGreaterThan(6);
  await expect.poll(() => hook.bodies.length).toBeGreaterThan(1);
  hook.close();
  await client.backups.create();

  if (process.platform === 'linux') {
    const words = [...holders].map(
      (args) => /\bforge script\b|\brun-solc\b/.exec(args)?.[0] ?? args,
    );
    // The tool had them, or nothing was looked at. It passes them on to the compiler that it starts.
    expect(words).toContain('forge script');
    expect(words.filter((word) => !['forge script', 'run-solc'].includes(word))).toEqual([]);
  }
  expect(args).toEqual([]);
  const traces: Record<string, unknown> = {
    journal: [went.events, failed.events],
    details: [went.detail, failed.detail],
    webhooks: [hook.bodies, await client.webhooks.deliveries({})],
    exports: [
      await client.history.export({ id: went.id, format: 'json' }),
      await client.history.exportList({}),
      await client.history.diff({ a: went.id, b: failed.id }),
    ],
    variables: [
      await environments.list({ project, target: 'local' }),
      await environments.export({ project, target: 'local' }),
      await environments.check({ project, target: 'local' }),
    ],
    events: await client.events.list({}),
    'log of the first': await drydock(core.home, 'deployment', 'logs', `${went.id}`),
    'log of the second': await drydock(core.home, 'deployment', 'logs', `${failed.id}`),
    'list of variables': await drydock(core.home, 'env', 'list', 'yard', '--network', 'local'),
    'export on the command line': await drydock(core.home, 'env', 'export', 'yard', '--json'),
    'shown run': await drydock(core.home, 'deployment', 'show', `${failed.id}`, '--json'),
  };
  for (const [where, trace] of Object.entries(traces)) {
    const text = typeof trace === 'string' ? trace : JSON.stringify(trace);
    expect([where, found(text), found(text.replaceAll('\\"', '"'))]).toEqual([where, [], []]);
  }
  const files = [...(await filesOf(core.home)), ...(await filesOf(fixture.folder))];
  expect(files.some(({ file }) => file.includes('backups'))).toBe(true);
  for (const { file, text } of files) expect([file, found(text)]).toEqual([file, []]);
}, 180_000);
