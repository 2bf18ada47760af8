import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { testDocker } from '#test/harness/docker.ts';
import { baseImage } from '#test/harness/docker-base.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { deploy, logOf } from '#test/harness/hardhat-deploy.ts';
import {
  copyHardhatFixture,
  type HardhatFixtureName,
  whyNoHardhat,
} from '#test/harness/hardhat-fixture.ts';
import { skipAloud } from '#test/harness/skip.ts';

const docker = await testDocker();
const missing = docker.missing ?? (await whyNoHardhat());

/** Nothing is there, and npm doesn't wait for it. */
const OFFLINE = 'registry=http://127.0.0.1:9\nreplace-registry-host=always\nfetch-retries=0\n';

const run = promisify(execFile);

/** A real one, of the user's npm; a build may not reach its registry. */
async function putOldNode(folder: string): Promise<void> {
  const of = `node-linux-${process.arch}@20.8.1`;
  const env = { ...process.env, HOME: os.userInfo().homedir };
  const { stdout } = await run('npm', ['pack', '--silent', of], { cwd: folder, env });
  const file = stdout.trim();
  await run('tar', ['-xzf', file, 'package/bin/node'], { cwd: folder });
  await rm(path.join(folder, file));
}

interface Case {
  what: string;
  /** Default: `two-ignition`. */
  fixture?: HardhatFixtureName;
  prepare(at: At): Promise<void>;
  code: string;
  says: RegExp;
  /** The line that `seq` points at. */
  line?: RegExp;
}

interface At {
  project: number;
  folder: string;
  change(name: string, from: string | RegExp, to: string): Promise<void>;
  put(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
}

describe.skipIf(skipAloud('bad input of Hardhat in Docker', missing))('bad input', () => {
  let core: TestApp;
  let client: Client;

  beforeAll(async () => {
    process.env.DRYDOCK_ENGINE = 'docker';
    process.env.DOCKER_HOST = docker.host;
    core = await openTestApp();
    client = (await openDoor('in-process', core.app)).client;
    await client.chains.start({ chain: 'local' });
  }, 120_000);
  afterAll(() => core?.[Symbol.asyncDispose]());

  const cases: Case[] = [
    {
      what: 'a configuration that throws',
      prepare: (at) => at.change('hardhat.config.js', /^/, "throw new Error('no key');\n"),
      code: 'TOOL_FAILED',
      says: /It said: Error: no key\. Correct that/,
      line: /^Error: no key/,
    },
    {
      what: 'a module that goes before it is loaded',
      prepare: (at) =>
        at.change(
          'hardhat.config.js',
          /^/,
          "require('fs').rmSync('ignition/modules/Vaults.js', { force: true });\n",
        ),
      code: 'SCRIPT_NOT_FOUND',
      says: /not there any more/,
      line: /Could not find a module file/,
    },
    {
      what: 'a compiler that can not be had',
      prepare: (at) => at.change('hardhat.config.js', '0.8.37', '0.8.21'),
      code: 'COMPILER_UNAVAILABLE',
      says: /0\.8\.21.*Go online once/,
      line: /HH50/,
    },
    {
      what: 'packages that can not be had',
      async prepare(at) {
        await at.remove('node_modules');
        await at.put('.npmrc', OFFLINE);
      },
      code: 'INSTALL_FAILED',
      says: /npm could not install the packages\. It said: .*127\.0\.0\.1:9.* Run "npm install"/,
      line: /127\.0\.0\.1:9/,
    },
    {
      what: 'a manager of packages that can not be had',
      async prepare(at) {
        await at.remove('node_modules');
        await at.put('.npmrc', OFFLINE);
        await at.change('package.json', /^\{/, '{ "packageManager": "bun@1.2.20",');
      },
      code: 'INSTALL_FAILED',
      says: /bun could not install the packages\. It said: .*127\.0\.0\.1:9.* have bun@1\.2\.20 there/,
      line: /127\.0\.0\.1:9/,
    },
    {
      what: 'a Node that is too old for Hardhat 3',
      fixture: 'three-ethers',
      async prepare(at) {
        await putOldNode(at.folder);
        const copy = 'COPY package/bin/node /usr/local/bin/node';
        await at.put('Dockerfile', `FROM ${await baseImage()}\n${copy}\n`);
        await client.projects.setDockerfile({ project: at.project, dockerfile: 'Dockerfile' });
      },
      code: 'TOOL_MISSING',
      says: /Hardhat 3 needs Node >=22\.13\.0, and the image of this project has 20\.8\.1/,
    },
  ];

  test.each(cases)(
    '$what',
    async ({ fixture = 'two-ignition', prepare, code, says, line }) => {
      await using copy = await copyHardhatFixture(fixture, { inContainer: true });
      const { id: project } = await client.projects.add({ path: copy.project, kind: 'hardhat' });
      const at = (name: string) => path.join(copy.project, name);
      await prepare({
        ...{ project, folder: copy.project },
        async change(name, from, to) {
          const before = await readFile(at(name), 'utf8');
          expect(before).toMatch(from);
          await writeFile(at(name), before.replace(from, to));
        },
        put: (name, text) => writeFile(at(name), text),
        remove: (name) => rm(at(name), { recursive: true }),
      });
      const [first] = copy.deploys;
      const ended = await deploy(client, project, { script: first?.entry, env: copy.env });
      expect(ended, await logOf(client, ended.id)).toMatchObject({
        status: 'failed',
        failure: { code },
      });
      expect(ended.failure?.message).toMatch(says);
      if (!line) return;
      const events = await client.deployments.logs({ id: ended.id });
      const shown = events.find((one) => one.type === 'log' && one.seq === ended.failure?.seq);
      expect(shown?.type === 'log' && stripVTControlCharacters(shown.text)).toMatch(line);
    },
    240_000,
  );
});
