import { execFileSync } from 'node:child_process';
import { linkSync, symlinkSync, truncateSync } from 'node:fs';
import { mkdir, realpath, rename, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { doSampleWork, longestBlock } from '#test/harness/blocking.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { temporaryFolder } from '#test/harness/folder.ts';

/** Of the core's thread in one go, in samples of work: some 100 ms of an unhurried machine. */
const MOST_WORKED = 25;
/** What waits for a named pipe waits for ever; a loaded machine doesn't. */
const MOST_WAITED = 5000;

type Folder = Awaited<ReturnType<typeof temporaryFolder>>;
let core: TestApp;
let client: Client;
let root: Folder;

beforeAll(async () => {
  core = await openTestApp({ asksForTrust: true });
  client = (await openDoor('in-process', core.app)).client;
  root = await temporaryFolder();
  // What is loaded and compiled once isn't the folder's doing.
  const made = await hostile('harmless', async (at) => {
    await writeFile(at('foundry.toml'), '');
    await writeFile(at('script/Deploy.s.sol'), 'contract Deploy { function run() external {} }');
  });
  for (let round = 0; round < 3; round += 1) await visit(made);
});

afterAll(async () => {
  await core[Symbol.asyncDispose]();
  await root[Symbol.asyncDispose]();
});

type Make = (at: (name: string) => string) => Promise<unknown> | unknown;

async function hostile(name: string, make: Make): Promise<string> {
  const folder = path.join(await realpath(root.path), name.replaceAll(/\W+/g, '-'));
  await mkdir(path.join(folder, 'script'), { recursive: true });
  await make((file) => path.join(folder, file));
  return folder;
}

/** Everything that can be done to a folder that nobody trusts, and what follows once it is. */
async function visit(folder: string) {
  const said: string[] = [];
  const noting = async (work: Promise<unknown>) => {
    await work.catch((error: Error) => said.push(error.message));
  };
  await noting(client.projects.completePath({ prefix: `${folder}/` }));
  await noting(client.projects.completePath({ prefix: folder }));
  await noting(client.projects.add({ path: folder }));
  const project = (await client.projects.list()).find((one) => one.path === folder)?.id;
  if (project === undefined) return { said, entries: [] };
  await noting(client.projects.get({ project }));
  await noting(client.projects.git({ project }));
  await noting(client.projects.trustQuestion({ project }));
  await noting(client.projects.libraries({ project }));
  const { entries } = await client.projects.choices({ project }).catch((error: Error) => {
    said.push(error.message);
    return { entries: [] };
  });
  await noting(client.projects.choices({ project }));
  await noting(client.projects.trust({ project }));
  await noting(client.projects.git({ project }));
  return { said, entries };
}

const fifo = (file: string) => execFileSync('mkfifo', [file]);

/** Larger than anything that is read, and takes no room on the disk. */
async function huge(file: string) {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, '');
  truncateSync(file, 1_000_000_000);
}

const script = 'contract Deploy { function run() external {} }';
const many = (count: number, of: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => of(index)).join('');

const CASES: [string, Make, says?: RegExp][] = [
  ['a named pipe as foundry.toml', (at) => fifo(at('foundry.toml')), /is a named pipe/],
  [
    'named pipes as everything beside it',
    async (at) => {
      await writeFile(at('foundry.toml'), '');
      for (const name of ['.env', 'remappings.txt', 'lib', 'script/Deploy.s.sol', '.git', 'out']) {
        fifo(at(name));
      }
    },
  ],
  [
    'a named pipe that foundry.toml extends',
    async (at) => {
      await writeFile(at('foundry.toml'), '[profile.default]\nextends = "base.toml"\n');
      fifo(at('base.toml'));
    },
    /base\.toml is a named pipe/,
  ],
  [
    'a git folder of named pipes',
    async (at) => {
      await writeFile(at('foundry.toml'), '');
      await mkdir(at('.git'));
      for (const name of ['HEAD', 'config', 'index', 'objects']) fifo(at(`.git/${name}`));
    },
  ],
  ['a device as foundry.toml', (at) => symlink('/dev/zero', at('foundry.toml')), /is a device/],
  [
    'devices as everything beside it',
    async (at) => {
      await writeFile(at('foundry.toml'), '');
      for (const name of ['.env', 'remappings.txt', 'script/Deploy.s.sol', '.git']) {
        await symlink('/dev/zero', at(name));
      }
      await symlink('/', at('lib'));
    },
  ],
  [
    '200,000 tables',
    (at) =>
      writeFile(
        at('foundry.toml'),
        many(200_000, (i) => `[t${i}]\n`),
      ),
    /foundry\.toml is larger than 64 KB/,
  ],
  [
    'as many arrays of tables as are parsed',
    (at) =>
      writeFile(
        at('foundry.toml'),
        many(10_600, () => '[[t]]\n'),
      ),
  ],
  [
    'a key that nests as deep as it gets',
    (at) => writeFile(at('foundry.toml'), `[a${many(31_000, () => '.a')}]`),
    /nests too deep/,
  ],
  [
    '7,000 variables in .env',
    async (at) => {
      await writeFile(at('foundry.toml'), '');
      await writeFile(
        at('.env'),
        many(7000, (i) => `k${i}=1\n`),
      );
    },
  ],
  [
    'files of 1 GB',
    async (at) => {
      await writeFile(at('foundry.toml'), '');
      for (const name of ['.env', 'remappings.txt', 'script/Deploy.s.sol', 'lib/x/foundry.toml']) {
        await huge(at(name));
      }
      await huge(at('cache/solidity-files-cache.json'));
      await huge(at('out/Deploy.s.sol/Deploy.json'));
      await huge(at('broadcast/Deploy.s.sol/31337/run-latest.json'));
    },
  ],
  ['a foundry.toml of 1 GB', (at) => huge(at('foundry.toml')), /larger than 64 KB/],
  [
    'the disk as script folder',
    (at) => writeFile(at('foundry.toml'), '[profile.default]\nscript = "/"\nlibs = ["/"]\n'),
  ],
  [
    'what lies above as script folder',
    (at) => writeFile(at('foundry.toml'), '[profile.default]\nscript = "../.."\n'),
  ],
  [
    '60 structs that each hold two of the one before',
    async (at) => {
      await writeFile(at('foundry.toml'), '');
      await writeFile(
        at('script/Deploy.s.sol'),
        `struct S0 { uint256 x; }${many(60, (i) => `struct S${i + 1} { S${i} a; S${i} b; }`)}
         contract Deploy { function run(S60 memory s) external {} function run() external {} }`,
      );
    },
  ],
  [
    'comments that don’t end, 2 MB of them',
    async (at) => {
      await writeFile(at('foundry.toml'), '');
      await writeFile(at('script/Deploy.s.sol'), `${script}${'/*'.repeat(900_000)}`);
    },
  ],
  [
    '20,000 functions',
    async (at) => {
      await writeFile(at('foundry.toml'), '');
      await writeFile(
        at('script/Deploy.s.sol'),
        `contract Deploy { ${many(20_000, (i) => `function f${i}() external {}\n`)} }`,
      );
    },
  ],
  [
    'folders that nest, and lead back',
    async (at) => {
      await writeFile(at('foundry.toml'), '');
      await mkdir(at(`script/${many(200, () => 'd/')}`), { recursive: true });
      await symlink('.', at('script/d/again'));
      await symlink('..', at('script/up'));
    },
  ],
  [
    'a package.json with 100,000 dependencies',
    async (at) => {
      await writeFile(at('foundry.toml'), '');
      await writeFile(
        at('package.json'),
        `{"dependencies":{${many(100_000, (i) => `"p${i}":"",`)}"p":""}}`,
      );
    },
  ],
  [
    'a .gitmodules with 100,000 paths',
    async (at) => {
      await writeFile(at('foundry.toml'), '');
      await mkdir(at('.git'));
      await writeFile(at('.gitmodules'), `[submodule "x"]\n${many(100_000, (i) => `path=${i}\n`)}`);
    },
  ],
  [
    'a .gitmodules with a path of spaces',
    async (at) => {
      await writeFile(at('foundry.toml'), '');
      await mkdir(at('.git'));
      await writeFile(at('.gitmodules'), `[submodule "x"]\npath=a${' '.repeat(60_000)}b\n`);
    },
  ],
  [
    'a soldeer.lock with 100,000 names, and as many dependencies as are looked at',
    async (at) => {
      await writeFile(at('foundry.toml'), '');
      await writeFile(
        at('soldeer.lock'),
        many(100_000, (i) => `name = "${i}"\n`),
      );
      await mkdir(at('dependencies'));
      for (let i = 0; i < 2000; i += 1) await writeFile(at(`dependencies/d${i}`), '');
    },
  ],
  [
    'a git configuration of 256 KB',
    async (at) => {
      await writeFile(at('foundry.toml'), '');
      execFileSync('git', ['init', '-q', at('.')]);
      await writeFile(at('.git/config'), `[core]\n${'eol\n'.repeat(65_000)}`);
    },
  ],
  [
    'a git folder with 5,000 shared indexes',
    async (at) => {
      await writeFile(at('foundry.toml'), '');
      execFileSync('git', ['init', '-q', at('.')]);
      for (let i = 0; i < 5000; i += 1) symlinkSync('index', at(`.git/sharedindex.${i}`));
    },
  ],
  [
    'packed refs of 32 MB',
    async (at) => {
      await writeFile(at('foundry.toml'), '');
      execFileSync('git', ['init', '-q', at('.')]);
      await writeFile(at('.git/packed-refs'), 'é'.repeat(16_000_000));
    },
  ],
  [
    'no project, and 120,000 files in 12 folders',
    async (at) => {
      for (let folder = 0; folder < 12; folder += 1) {
        await mkdir(at(`d${folder}`));
        await writeFile(at(`d${folder}/x`), '');
        for (let i = 1; i < 10_000; i += 1) linkSync(at(`d${folder}/x`), at(`d${folder}/${i}`));
      }
    },
    /no foundry\.toml/,
  ],
  [
    '10,000 scripts that lead nowhere, deep down',
    async (at) => {
      await writeFile(at('foundry.toml'), '');
      await mkdir(at('links'));
      for (let i = 0; i < 10_000; i += 1) symlinkSync('nothing', at(`links/${i}`));
      const deep = `script/${many(14, () => `${'x'.repeat(240)}/`)}`;
      await mkdir(at(deep), { recursive: true });
      await rename(at('links'), at(`${deep}/links`));
    },
  ],
];

/**
 * What a visit to such a folder holds up. A long one is measured once more, on another folder of the
 * kind, and the shorter one counts: garbage that is collected meanwhile is not the folder's doing.
 */
async function heldUp(name: string, make: Make) {
  const measured = async (folder: string) => {
    let seen: Awaited<ReturnType<typeof visit>> | undefined;
    const block = await longestBlock(async () => {
      seen = await visit(folder);
    });
    return { ...block, seen };
  };
  const first = await measured(await hostile(name, make));
  if (first.worked < MOST_WORKED) return first;
  const second = await measured(await hostile(`${name} again`, make));
  return second.worked < first.worked ? second : first;
}

test('the measure sees a block that is too long', async () => {
  const { worked } = await longestBlock(async () => {
    for (let count = 0; count < 4 * MOST_WORKED; count += 1) doSampleWork();
  });
  expect(worked).toBeGreaterThan(MOST_WORKED);
});

describe.skipIf(process.platform === 'win32')('nothing in a folder holds the core up', () => {
  test.each(CASES)('%s', async (name, make, says) => {
    const { worked, waited, seen } = await heldUp(name, make);
    expect(worked).toBeLessThan(MOST_WORKED);
    expect(waited).toBeLessThan(MOST_WAITED);
    if (says) expect(seen?.said.join('\n')).toMatch(says);
    else expect(seen?.said).toEqual([]);
  });

  test('3,000 parentheses: the file is left out, its neighbour is not', async () => {
    const { worked, waited, seen } = await heldUp('parentheses', async (at) => {
      await writeFile(at('foundry.toml'), '');
      await writeFile(at('script/Deploy.s.sol'), script);
      const deep = `${'('.repeat(3000)}1${')'.repeat(3000)}`;
      await writeFile(
        at('script/Deep.s.sol'),
        `contract Deep is Base(${deep}) { function run() external {} } contract Base {}`,
      );
    });
    expect(worked).toBeLessThan(MOST_WORKED);
    expect(waited).toBeLessThan(MOST_WAITED);
    expect(seen?.entries.map(({ value, problem }) => [value, problem])).toEqual([
      ['script/Deep.s.sol', expect.stringMatching(/takes too long|not understood/)],
      [expect.stringMatching(/^script\/Deploy\.s\.sol:\w+$/), undefined],
    ]);
  });
});
