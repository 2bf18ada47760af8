import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { appRoot } from '#main/lib/app-root.ts';
import { putHardhatCompilers } from './hardhat-compilers.ts';
import { installKept, whyNotInstalled } from './kept-packages.ts';
import { linkModules } from './link-modules.ts';

const run = promisify(execFile);
const fixtures = path.join(appRoot(), 'test/fixtures/hardhat');

export const hardhatFixtures = [
  'two-ignition',
  'two-deploy',
  'two-script',
  'two-upgrades',
  'three-viem',
  'three-ethers',
  'three-deploy',
  'monorepo',
] as const;
export type HardhatFixtureName = (typeof hardhatFixtures)[number];

/** A way to deploy a fixture, and its result on an empty chain. */
export interface ExpectedDeploy {
  /** Relative to the project. */
  entry: string;
  /** One of the calls of the entry, where it has several. */
  call?: string;
  /** Hardhat's arguments for what has to be done first; absent: it does all by itself. */
  compile?: string[];
  /** Hardhat's arguments, without its network. */
  command: string[];
  contracts: {
    name: string;
    /**
     * The id of the future in Ignition, or of the record in hardhat-deploy; null: neither has it.
     */
    label: string | null;
    count: number;
  }[];
  /** A text that it prints when it fails, after the contracts are deployed. */
  fails?: string;
}

export interface HardhatFixture extends AsyncDisposable {
  /** Absolute, with symbolic links resolved; the repository's root in a monorepo. */
  folder: string;
  /** The folder that holds the configuration. */
  project: string;
  /** A home folder with the compiler that all fixtures use. */
  home: string;
  /** The `env` of a deploy in a container, for which the fixture was copied; otherwise empty. */
  env: string[];
  deploys: ExpectedDeploy[];
}

interface HardhatCopy {
  /** The project is a repository of its own, which a container sees, and has the compilers in it. */
  inContainer?: boolean;
}

/**
 * A copy of a Hardhat project in a folder of its own, deleted at the end of its scope, with what
 * `npm ci` installs. Those files are shared with other copies: they may be deleted and replaced,
 * but not written to.
 */
export async function copyHardhatFixture(
  name: HardhatFixtureName,
  { inContainer = false }: HardhatCopy = {},
): Promise<HardhatFixture> {
  const installed = await install(name);
  const made = await realpath(await mkdtemp(path.join(os.tmpdir(), `drydock-${name}-`)));
  const dispose = () => rm(made, { recursive: true, force: true, maxRetries: 5 });
  const folder = path.join(made, name);
  const home = path.join(made, 'home');
  try {
    await copySources(name, folder);
    linkModules(installed, folder);
    await putHardhatCompilers(home);
    const { project = '.', deploys } = JSON.parse(
      await readFile(path.join(fixtures, name, 'expected.json'), 'utf8'),
    ) as { project?: string; deploys: ExpectedDeploy[] };
    return {
      folder,
      project: path.join(folder, project),
      home,
      env: inContainer ? await forContainer(folder, home) : [],
      deploys,
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Tools in a container find their compilers where the returned variable leads. */
async function forContainer(folder: string, home: string): Promise<string[]> {
  // Nothing above a repository's root is looked at, nor mounted.
  await run('git', ['init', '--quiet'], { cwd: folder });
  const cache = path.join(folder, '.cache-of-tools');
  await cp(path.join(home, '.cache'), cache, { recursive: true });
  // They are not written for a project of ES modules.
  await writeFile(path.join(cache, 'package.json'), '{ "type": "commonjs" }');
  return [`XDG_CACHE_HOME=${cache}`];
}

/** Why the packages of the fixtures are unavailable here; null: they are available. */
export const whyNoHardhat = (): Promise<string | null> =>
  whyNotInstalled(hardhatFixtures.map((name) => path.join(fixtures, name)));

const install = (name: HardhatFixtureName): Promise<string> =>
  installKept(path.join(fixtures, name), (to) => copySources(name, to));

const copySources = (name: HardhatFixtureName, to: string) =>
  cp(path.join(fixtures, name), to, {
    recursive: true,
    // Left by runs in the original.
    filter: (file) =>
      !/[\\/](artifacts|cache|deployments|generated|node_modules|\.openzeppelin)$/.test(file),
  });
