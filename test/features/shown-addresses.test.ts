import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDb } from '#main/db/open.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { deploy } from '#test/harness/hardhat-deploy.ts';
import { scriptProject } from '#test/harness/script-project.ts';

let core: TestApp;
let client: Client;

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
});
afterAll(() => core?.[Symbol.asyncDispose]());

/** Where anvil itself listens. */
function backend(): string {
  const db = openDb(core.home);
  const row = db.prepare("SELECT backend FROM chains WHERE name = 'local'").get();
  db.close();
  return new URL((row as { backend: string }).backend).host;
}

/** Fails with the command that runs it, in which the network stands. */
const TELL =
  'string[] memory c = new string[](3); c[0] = "sh"; c[1] = "-c"; c[2] = "tr \'\\\\0\' \' \' < /proc/$PPID/cmdline"; revert(string(vm.ffi(c)));';

test('a run shows the address that users know, in its command, log and failure', async () => {
  await using fixture = await scriptProject({
    Deploy: 'vm.startBroadcast(); new C(1); vm.stopBroadcast();',
    Tell: TELL,
  });
  await appendFile(path.join(fixture.folder, 'foundry.toml'), 'ffi = true\n');
  const { rpcUrl } = await client.chains.start({ chain: 'local' });
  const { id: project } = await client.projects.add({ path: fixture.folder });
  for (const [script, status] of [
    ['script/Deploy.s.sol', 'succeeded'],
    ['script/Tell.s.sol', 'failed'],
  ] as const) {
    const run = await deploy(client, project, { script });
    const said = JSON.stringify([run, await client.deployments.logs({ id: run.id })]);
    expect(run.status, said).toBe(status);
    expect(run.command).toContain(`--rpc-url ${rpcUrl}`);
    if (status === 'failed') expect(run.failure?.message).toContain(rpcUrl);
    expect(said).not.toContain(backend());
  }
}, 120_000);
