import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { appRoot } from '#main/lib/app-root.ts';
import { putCompiled } from './compiled.ts';

const run = promisify(execFile);
const root = appRoot();

export type FixtureName = 'token-vault' | 'pair-factory' | 'upgradeable' | 'broken' | 'unusual';

export interface Fixture extends AsyncDisposable {
  /** Absolute, with symbolic links resolved. */
  folder: string;
}

export interface FixtureOptions {
  /** A repository with one commit, and no changes since. */
  git?: boolean;
  /** With forge's output of its usual scripts, so that running them compiles nothing. */
  compiled?: boolean;
}

/**
 * A copy of a project in a folder of its own, deleted at the end of its scope, with the packages of
 * its package.json in its node_modules as npm would install them: Solidity sources are copied, a
 * `solc` is a link to Drydock's copy of that version.
 */
export async function copyFixture(
  name: FixtureName,
  options: FixtureOptions = {},
): Promise<Fixture> {
  const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), `drydock-${name}-`)));
  const dispose = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    await cp(path.join(root, 'test/fixtures', name), folder, {
      recursive: true,
      // Left by runs of forge in the original.
      filter: (file) => !/[\\/](out|cache|broadcast|node_modules)$/.test(file),
    });
    await installPackages(folder);
    if (options.compiled) await putCompiled(name, folder, () => copyFixture(name));
    if (options.git) await commitAll(folder);
  } catch (error) {
    await dispose();
    throw error;
  }
  return { folder, [Symbol.asyncDispose]: dispose };
}

async function installPackages(folder: string): Promise<void> {
  const manifest = await readFile(path.join(folder, 'package.json'), 'utf8').catch(() => '{}');
  const { dependencies = {}, devDependencies = {} } = JSON.parse(manifest) as {
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
  };
  for (const name of Object.keys(dependencies)) {
    const from = path.join(root, 'node_modules', name);
    await cp(from, path.join(folder, 'node_modules', name), {
      recursive: true,
      filter: (file) =>
        file === from || !/\.[^/]+$/.test(file) || /\.sol$|package\.json$/.test(file),
    });
  }
  for (const [name, version] of Object.entries(devDependencies)) {
    await mkdir(path.join(folder, 'node_modules'), { recursive: true });
    // Its own dependencies are beside the original.
    await symlink(
      path.join(root, 'node_modules', `${name}-${version}`),
      path.join(folder, 'node_modules', name),
      'junction',
    );
  }
}

/** Everything in a folder, which becomes a repository if it is none. */
export async function commitAll(folder: string): Promise<void> {
  const git = (...args: string[]) =>
    run('git', ['-c', 'user.name=Fixture', '-c', 'user.email=fixture@example.org', ...args], {
      cwd: folder,
    });
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  await git('-c', 'commit.gpgsign=false', 'commit', '--quiet', '--message=Start');
}
