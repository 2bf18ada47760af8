import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { startHostProcess } from '#test/harness/host-process.ts';
import { takeOwnPorts } from '#test/harness/ports.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { tool } from '../../build/packaging/fetch.mjs';
import { archive, core, differences, filesBelow, resources, toolchain } from './contents.ts';
import { dist, whyNoPacking } from './dist.ts';

const run = promisify(execFile);

const MB = 1024 * 1024;

interface Asar {
  listPackage(file: string, options: { isPack: boolean }): string[];
  statFile(file: string, name: string): { files?: unknown };
  extractAll(file: string, folder: string): void;
}

async function folderOfTest(): Promise<string> {
  const folder = await temporaryFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  return folder.path;
}

/** Nothing of the tests' own Node, packages or tools can be found. */
const bare = (home: string) => ({
  HOME: home,
  DRYDOCK_HOME: path.join(home, 'data'),
  DRYDOCK_CHAIN_PORT: process.env.DRYDOCK_CHAIN_PORT,
  PATH: '/usr/bin:/bin',
});

describe.skipIf(skipAloud('the packed app', await whyNoPacking()))('the packed app', () => {
  let app = '';
  let packed = '';
  const inResources = (...parts: string[]) => path.join(app, 'resources', ...parts);

  beforeAll(async () => {
    app = path.join(await dist(['--dir']), 'linux-unpacked');
    packed = inResources('app.asar');
  }, 300_000);

  test('holds in its archive what Electron loads, and nothing else', () => {
    const asar: Asar = tool('@electron/asar');
    const names = asar.listPackage(packed, { isPack: false }).map((name) => name.slice(1));
    const files = names.filter((name) => asar.statFile(packed, name).files === undefined);
    expect(differences(files, archive)).toEqual({ superfluous: [], missing: [] });
    expect(statSync(packed).size).toBeLessThan(15 * MB);
  });

  test('holds beside it what Node runs, and nothing else', () => {
    const files = filesBelow(inResources('core'));
    expect(differences(files, [...core, ...toolchain])).toEqual({ superfluous: [], missing: [] });
    const others = filesBelow(inResources()).filter((file) => !file.startsWith('core/'));
    expect(differences(others, resources)).toEqual({ superfluous: [], missing: [] });
  });

  test('has every fuse set that keeps others from using it', async () => {
    const { getCurrentFuseWire, FuseV1Options, FuseState } = await import(
      tool.resolve('@electron/fuses')
    );
    const wire = await getCurrentFuseWire(path.join(app, 'drydock-desktop'));
    const states = Object.fromEntries(
      [
        'RunAsNode',
        'EnableCookieEncryption',
        'EnableNodeOptionsEnvironmentVariable',
        'EnableNodeCliInspectArguments',
        'EnableEmbeddedAsarIntegrityValidation',
        'OnlyLoadAppFromAsar',
        'GrantFileProtocolExtraPrivileges',
      ].map((name) => [name, wire[FuseV1Options[name]] === FuseState.ENABLE]),
    );
    expect(states).toEqual({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      GrantFileProtocolExtraPrivileges: false,
    });
  });

  test('runs its command line on its own Node, with its own tools', async () => {
    const env = bare(await folderOfTest());
    const drydock = inResources('bin', 'drydock');
    const { version } = JSON.parse(readFileSync(inResources('core', 'package.json'), 'utf8'));
    expect((await run(drydock, ['--version'], { env })).stdout.trim()).toBe(version);
    const { stdout } = await run(drydock, ['doctor'], { env });
    expect(stdout).toContain(
      `Node ${(await run(inResources('node', 'bin', 'node'), ['--version'])).stdout.trim().slice(1)}`,
    );
    expect(stdout).toContain(inResources('core', 'node_modules', '@foundry-rs'));
  });

  test('runs a chain behind its own gateway', async () => {
    await takeOwnPorts();
    const env = bare(await folderOfTest());
    const drydock = inResources('bin', 'drydock');
    onTestFinished(async () => {
      await run(drydock, ['chain', 'stop', 'local'], { env });
    });
    await run(drydock, ['chain', 'start', 'local'], { env });
    expect((await run(drydock, ['doctor'], { env })).stdout).toContain('serves local');
    const commands = (await run('ps', ['-eo', 'args'])).stdout.split('\n');
    const gateway = commands.find((one) => one.includes(inResources('core/out/main/gateway.js')));
    expect(gateway).toMatch(inResources('node/bin/node'));
    expect(commands.some((one) => one.startsWith(inResources('core/node_modules')))).toBe(true);
  });

  test('starts its core out of the archive', async () => {
    const folder = await folderOfTest();
    const extracted = path.join(folder, 'app');
    const asar: Asar = tool('@electron/asar');
    asar.extractAll(packed, extracted);
    const host = await startHostProcess(path.join(folder, 'data'), {
      node: inResources('node', 'bin', 'node'),
      program: [path.join(extracted, 'out', 'main', 'host.js'), '--port', '0'],
      env: { NODE_PATH: '' },
    });
    onTestFinished(() => host.stop());
    expect((await host.client.app.info()).storage).toBe('ok');
    expect((await fetch(`${host.url}/projects`)).status).toBe(401);
  });
});
