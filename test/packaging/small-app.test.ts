import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { core, differences, filesBelow, leftOut } from './contents.ts';
import { dist, whyNoPacking } from './dist.ts';

const run = promisify(execFile);

describe.skipIf(skipAloud('the small app', await whyNoPacking()))('the small app', () => {
  let resources = '';

  beforeAll(async () => {
    const folder = await dist(['--dir', '--no-toolchain']);
    resources = path.join(folder, 'linux-unpacked', 'resources');
  }, 300_000);

  test('has no tools, and knows which ones it is to have', () => {
    const files = filesBelow(path.join(resources, 'core'));
    expect(differences(files, [...core, ...leftOut])).toEqual({ superfluous: [], missing: [] });
    const text = readFileSync(path.join(resources, 'core/resources/left-out-tools.json'), 'utf8');
    const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
    for (const { name, version, integrity } of JSON.parse(text)) {
      expect(lock[`node_modules/${name}`]).toMatchObject({ version, integrity });
    }
    expect(JSON.parse(text)).toHaveLength(3);
  });

  test('asks the registry of npm for them, refuses others, and works without', async () => {
    const asked: string[] = [];
    const server = http.createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('something else');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const folder = await temporaryFolder();
    onTestFinished(() => folder[Symbol.asyncDispose]());
    const env = {
      HOME: folder.path,
      DRYDOCK_HOME: path.join(folder.path, 'data'),
      PATH: '/usr/bin:/bin',
      npm_config_registry: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    };
    const drydock = path.join(resources, 'bin', 'drydock');
    const failed = await run(drydock, ['tool', 'download'], { env }).catch((error) => error);
    expect(failed.stderr).toContain('was refused');
    expect(asked).toEqual([expect.stringMatching(/^\/@foundry-rs\/\w+-linux-\w+\/-\/.*\.tgz$/)]);
    const doctor = await run(drydock, ['doctor'], { env }).catch((error) => error);
    expect(doctor.stdout).toContain('drydock tool download');
    expect((await run(drydock, ['network', 'list'], { env })).stdout).toContain('local');
  });
});
