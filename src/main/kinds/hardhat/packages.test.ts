import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { processEngine } from '#main/engines/process/process-engine.ts';
import { projectFiles } from '#main/lib/project-files.ts';
import { writtenFolder } from '#test/harness/written-folder.ts';
import { packageInstall } from './package-manager.ts';
import { packagesInVolume } from './packages.ts';

const isWindows = process.platform === 'win32';

/** A place with a shell in which commands find the packages of a project. */
function placeOf(project: string) {
  const files = projectFiles(project);
  const workspace = processEngine({ tools: [], setting: () => '' }).workspace({
    ...{ id: 1, path: project },
  });
  const { signal } = new AbortController();
  const look = () => packagesInVolume({ workspace, files, install: packageInstall(files), signal });
  return {
    look,
    async install(script: string) {
      const { noted } = await look();
      const command = { program: 'sh', args: ['-c', script], env: {} };
      const { code } = await workspace.exec(
        noted({ ...command, cwd: packageInstall(files).folder }),
        { onOutput: () => undefined },
      );
      return code;
    },
  };
}

test.skipIf(isWindows)('an install that came to its end holds for its lock file', async () => {
  await using folder = await writtenFolder({
    '.git/HEAD': '',
    'package-lock.json': '{}',
    'packages/vault/package.json': { devDependencies: { hardhat: '^3.0.0' } },
  });
  const place = placeOf(path.join(folder.path, 'packages/vault'));
  expect(await place.look()).toMatchObject({ areThere: false, hardhat: { installed: null } });

  expect(await place.install('exit 3')).toBe(3);
  expect(await place.look()).toMatchObject({ areThere: false });

  const put = `mkdir -p node_modules/hardhat; echo '{"version":"3.1.0"}' >node_modules/hardhat/package.json`;
  expect(await place.install(put)).toBe(0);
  const installed = { version: '3.1.0', folder: path.join(folder.path, 'node_modules/hardhat') };
  expect(await place.look()).toMatchObject({ areThere: true, hardhat: { major: 3, installed } });

  await writeFile(path.join(folder.path, 'package-lock.json'), '{ "packages": {} }');
  expect(await place.look()).toMatchObject({ areThere: false });
  expect(await place.install('exit 0')).toBe(0);
  expect(await place.install('exit 1')).toBe(1);
  expect(await place.look()).toMatchObject({ areThere: false });
});

test.skipIf(isWindows)(
  'without a lock file, what package.json asks for has to be the same',
  async () => {
    await using folder = await writtenFolder({
      'package.json': { dependencies: { viem: '2.0.0' } },
    });
    const place = placeOf(folder.path);
    expect(await place.install('exit 0')).toBe(0);
    expect((await place.look()).areThere).toBe(true);
    const file = path.join(folder.path, 'package.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('2.0.0', '2.0.1'));
    expect((await place.look()).areThere).toBe(false);
  },
);
