import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { findTool } from '#main/engines/process/tools.ts';
import { cast } from '#main/kinds/foundry/tools.ts';
import { openTestApp } from '#test/harness/app.ts';
import { testDocker } from '#test/harness/docker.ts';
import { openDoor } from '#test/harness/doors.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { freePort } from '#test/harness/ports.ts';
import { skipAloud } from '#test/harness/skip.ts';

const run = promisify(execFile);
const docker = await testDocker();

/** anvil's first account; everybody knows its key. */
const SENDER = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
const KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';

test.skipIf(skipAloud('keystores beside Docker', docker.missing))(
  'a run with a keystore goes without Docker, and says so; its chain stays where it is',
  async () => {
    process.env.DOCKER_HOST = docker.host;
    process.env.DRYDOCK_ENGINE = 'docker';
    const folder = path.join(os.homedir(), '.foundry', 'keystores');
    await mkdir(folder, { recursive: true });
    const password = path.join(os.homedir(), 'password');
    await writeFile(password, 'open', { mode: 0o600 });
    const program = findTool(cast).path;
    await run(program, [
      ...['wallet', 'import', 'deployer', '--keystore-dir', folder],
      ...['--private-key', KEY, '--unsafe-password', 'open'],
    ]);

    await using core = await openTestApp();
    await using fixture = await copyFixture('broken');
    const { client } = await openDoor('in-process', core.app);
    const port = await freePort();
    await client.networks.save({ name: 'own', kind: 'local', port });
    const { id: project } = await client.projects.add({ path: fixture.folder });
    const { id } = await client.deployments.start({
      ...{ project, target: 'own' },
      input: {
        ...{ script: 'script/Many.s.sol', sig: 'run(uint256)', args: ['1'] },
        ...{ account: 'deployer', passwordFile: password, from: SENDER },
      },
    });
    let text = '';
    for await (const events of await client.deployments.watch({ id })) {
      for (const event of events) if (event.type === 'log') text += `${event.text}\n`;
    }
    expect((await client.deployments.get({ id })).failure).toBeNull();
    expect(text).toContain('Keystores are not given to containers');
    expect((await client.chains.get({ chain: 'own' })).engine).toBe('docker');
  },
  120_000,
);
