import { appendFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { openApp } from '#main/app.ts';
import { openTestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { made } from '#test/harness/made.ts';
import { drydock, filesOf, receiver } from '#test/harness/traces-left.ts';

const key = `0x${'5eC12e7f'.repeat(8)}`;
const pem = `-----BEGIN PRIVATE KEY-----
${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj'}
${'MzEfYyjiWA4R4ypb8mN0pQ1VhSSKQ2nZ3GxkT9dF7uQ5eYcW0aLrJ6vHsB4tXoIq'}
-----END PRIVATE KEY-----`;
const token = 'tok "quoted" & more/than+that';
const rpcKey = 'k-7Qe93xPbV2';
const password = 'n0t-to-be-seen';

/** Prints what it was given in several shapes, sends one of them to a contract, and may fail of it. */
const script = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

interface Vm {
    function startBroadcast() external;
    function stopBroadcast() external;
    function envUint(string calldata name) external view returns (uint256);
    function envBytes32(string calldata name) external view returns (bytes32);
    function envString(string calldata name) external view returns (string memory);
    function toString(bytes32 value) external pure returns (string memory);
    function toString(uint256 value) external pure returns (string memory);
    function rpcUrl(string calldata name) external view returns (string memory);
    function serializeString(string calldata object, string calldata key, string calldata value)
        external returns (string memory);
}

contract Keeper {
    string public kept;
    constructor(string memory what) { kept = what; }
}

contract Tells {
    Vm constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    function log(string memory text) internal view {
        address console = 0x000000000000000000636F6e736F6c652e6c6f67;
        (bool done,) = console.staticcall(abi.encodeWithSignature("log(string)", text));
        require(done);
    }

    function run() external { tell(false); }
    function fails() external { tell(true); }

    function tell(bool fail) internal {
        string memory token = vm.envString("SERVICE_TOKEN");
        log(vm.envString("SIGNING_KEY"));
        log(string.concat("token: ", token, ", key: ", vm.toString(vm.envBytes32("PRIVATE_KEY"))));
        log(vm.toString(vm.envUint("PRIVATE_KEY")));
        log(vm.serializeString("o", "pem", vm.envString("SIGNING_KEY")));
        log(vm.rpcUrl("upstream"));
        log(string.concat("rate limited: key ", "${rpcKey}", " exceeded, ${password}"));
        bytes memory wide = new bytes(16380);
        for (uint256 i; i < wide.length; i++) wide[i] = "x";
        log(string.concat(string(wide), token));
        vm.startBroadcast();
        new Keeper(token);
        vm.stopBroadcast();
        if (fail) revert(string.concat("no luck with ", token));
    }
}
`;

async function deploy(client: Client, project: number, sig: string) {
  const { id } = await client.deployments.start({
    project,
    target: 'local',
    input: { script: 'script/Tells.s.sol:Tells', sig },
  });
  const events = [];
  for await (const batch of await client.deployments.watch({ id })) events.push(...batch);
  return { id, events };
}

test('what .env and foundry.toml keep secret is nowhere that a run leaves a trace', async () => {
  await using core = await openTestApp();
  const hook = await receiver();
  await using project = await copyFixture('broken');
  await writeFile(path.join(project.folder, 'script/Tells.s.sol'), script);
  await writeFile(
    path.join(project.folder, '.env'),
    `PRIVATE_KEY=${key}\nSIGNING_KEY="${pem}"\nSERVICE_TOKEN='${token}'\n`,
  );
  await appendFile(
    path.join(project.folder, 'foundry.toml'),
    `\n[rpc_endpoints]\nupstream = "https://ada:${password}@rpc.example.org/v2/${rpcKey}"\n`,
  );
  const { client } = await openDoor('in-process', core.app);
  await client.webhooks.add({ name: 'mine', url: hook.url });
  const { id: projectId } = await client.projects.add({ path: project.folder, name: 'tells' });

  const went = await deploy(client, projectId, 'run()');
  const failed = await deploy(client, projectId, 'fails()');
  const { failure, status } = await client.deployments.get({ id: failed.id });
  expect(status).toBe('failed');
  expect(failure?.message).toContain('no luck with ••••');
  const detail = await client.deployments.get({ id: went.id });
  expect(detail.failure).toBeNull();
  expect(made(detail).transactions[0]?.arguments).toEqual([expect.stringContaining('••••')]);
  const lines = went.events.flatMap((event) => (event.type === 'log' ? [event.text] : []));
  expect(lines.filter((line) => line.includes('••••')).length).toBeGreaterThan(6);
  await expect.poll(() => hook.bodies.length).toBeGreaterThan(1);
  hook.close();
  await expect
    .poll(async () => (await client.webhooks.deliveries({})).some((d) => d.responseCode === 400))
    .toBe(true);
  await client.backups.create();

  const ids = { a: went.id, b: failed.id };
  const traces = {
    journal: JSON.stringify([went.events, failed.events]),
    details: JSON.stringify([detail, failure]),
    webhooks: hook.bodies.join('\n'),
    deliveries: JSON.stringify(await client.webhooks.deliveries({})),
    exports: JSON.stringify([
      await client.history.export({ id: ids.a, format: 'json' }),
      await client.history.exportList({}),
    ]),
    logs: await drydock(core.home, 'deployment', 'logs', `${ids.a}`),
    show: await drydock(core.home, 'deployment', 'show', `${ids.b}`, '--json'),
  };
  expect(traces.logs).toContain('••••');
  const [first = '', second = ''] = pem.split('\n').slice(1);
  const secrets = {
    key,
    'key in lower case': key.slice(2).toLowerCase(),
    'key as a number': BigInt(key).toString(),
    first,
    second,
    token,
    'token in JSON': JSON.stringify(token).slice(1, -1),
    'token in the JSON of a webhook': JSON.stringify(JSON.stringify(token).slice(1, -1)),
    rpcKey,
    password,
  };
  const files = await filesOf(core.home);
  expect(files.some(({ file }) => file.includes('backups'))).toBe(true);
  for (const [name, secret] of Object.entries(secrets)) {
    for (const [where, text] of Object.entries(traces)) {
      expect(text.includes(secret) && `${name} is in ${where}`).toBe(false);
    }
    for (const { file, text } of files) {
      expect(text.includes(secret) && `${name} is in ${file}`).toBe(false);
    }
  }
}, 180_000);

/** A node that answers what a fork asks first, and then names the key that it was asked with. */
async function limitedNode() {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const asked = [JSON.parse(body)].flat() as { id: number; method: string }[];
    const answers = asked.map(({ id, method }) => {
      const known = { eth_chainId: '0x1', eth_blockNumber: '0x10' }[method];
      const message = `rate limited: key ${rpcKey} of ada-lovelace with ${password} exceeded`;
      return {
        jsonrpc: '2.0',
        id,
        ...(known ? { result: known } : { error: { code: -32005, message } }),
      };
    });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(Array.isArray(JSON.parse(body)) ? answers : answers[0]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://ada-lovelace:${password}@127.0.0.1:${port}/v2/${rpcKey}`;
  return { url, close: () => server.close() };
}

test('what opens a network is in nothing that its node makes others say', async () => {
  const log: string[] = [];
  await using folder = await temporaryFolder();
  const logger = pino({ level: 'info' }, { write: (line: string) => void log.push(line) });
  const app = await openApp({ home: folder.path, logger });
  const node = await limitedNode();
  try {
    const { client } = await openDoor('in-process', app);
    for (const [name, kind] of [
      ['limited', 'fork'],
      ['far', 'remote'],
    ] as const) {
      await client.networks.save({ name, kind, url: node.url, chainId: 1 });
    }
    const refused = await client.chains.start({ chain: 'limited' }).catch((error: Error) => error);
    expect((refused as Error).message).toContain('rate limited: key •••• of •••• with');
    app.logger.error({ err: new Error('outer', { cause: new Error(node.url) }) }, 'a test');
    const traces = [
      (refused as Error).message,
      JSON.stringify(await client.chains.list()),
      JSON.stringify(await client.networks.list()),
      JSON.stringify(await client.networks.test({ name: 'far' })),
      log.join('\n'),
      ...(await filesOf(folder.path)).map(({ text }) => text),
    ];
    expect(log.join('\n')).toContain('a test');
    for (const trace of traces) {
      expect(trace).not.toContain(rpcKey);
      expect(trace).not.toContain(password);
    }
  } finally {
    node.close();
    await app.close();
  }
}, 60_000);
