import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RecordsOf, recordFolders, ToolRecords } from './tool-records.ts';

const file = path.join(import.meta.dirname, 'tool-records.ts');

let root: string;
let records: ToolRecords;
const place = (deployment: number): RecordsOf => ({
  ...{ project: { id: 1, path: path.join(root, 'project') }, chainId: 31337 },
  ...{ network: 'localhost', target: 'local', deployment },
});
/** Elsewhere than usual: only what is noted tells where they are. */
const folders = (of: RecordsOf) =>
  recordFolders(of, { ignition: 'build/ignition', deployments: 'build/records' });
const ignition = () => path.join(root, 'project', 'build/ignition/deployments/chain-31337');

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'drydock-records-'));
  mkdirSync(path.join(root, 'project'));
  records = new ToolRecords(path.join(root, 'data'));
});
afterEach(() => rmSync(root, { recursive: true }));

type Files = Record<string, string>;

function write(files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(ignition(), name)), { recursive: true });
    writeFileSync(path.join(ignition(), name), text);
  }
}

function filesBelow(folder: string): Files {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    found
      .filter((one) => one.isFile())
      .map((one) => path.join(one.parentPath, one.name))
      .map((name) => [path.relative(folder, name), readFileSync(name, 'utf8')]),
  );
}
const below = (): Files => filesBelow(ignition());
const all = () => readdirSync(path.join(root, 'project'), { recursive: true }).map(String).sort();
const ours = () => all().filter((name) => name.includes('.drydock-'));

const OF_ONE: Files = { 'journal.jsonl': 'one', 'build-info/a.json': 'a', 'b.json': 'b' };
const OF_TWO: Files = { ...OF_ONE, 'journal.jsonl': 'one two', 'c.json': 'c' };
const OF_USER: Files = { 'journal.jsonl': 'mine', 'build-info/m.json': 'm', 'own.json': 'own' };

async function run(deployment: number, inPlace: number[], leaves: Files = {}): Promise<Files> {
  await records.layOut(place(deployment), folders(place(deployment)), inPlace);
  const found = below();
  write(leaves);
  await records.settle(place(deployment));
  return found;
}

test('a run begins with the records of the newest one that is in place', async () => {
  expect(await run(1, [], OF_ONE)).toEqual({});
  expect(await run(2, [1], OF_TWO)).toEqual(OF_ONE);
  expect(await run(3, [2, 1])).toEqual(OF_TWO);
  expect(await run(4, [1])).toEqual(OF_ONE);
  expect(await run(5, [])).toEqual({});
  expect(ours()).toEqual([]);
});

test('what a run has left stays, and folders that no tool has used go', async () => {
  await run(1, [], OF_ONE);
  expect(below()).toEqual(OF_ONE);
  await run(2, []);
  expect(all()).toEqual([]);
});

test('a run that has failed before its tool wrote anything passes nothing on', async () => {
  await run(1, [], OF_ONE);
  await records.layOut(place(2), folders(place(2)), []);
  await records.settle(place(2));
  expect(await run(3, [2, 1])).toEqual(OF_ONE);
});

test('records of the user are put aside, and come back as they were', async () => {
  write(OF_USER);
  expect(await records.layOut(place(1), folders(place(1)), [])).toEqual([folders(place(1))[0]]);
  expect(below()).toEqual({});
  write(OF_ONE);
  await records.settle(place(1));
  expect(below()).toEqual(OF_USER);
  expect(await run(2, [1])).toEqual(OF_ONE);
  expect(below()).toEqual(OF_USER);
});

test('what was changed since a run is the user’s', async () => {
  await run(1, [], OF_ONE);
  write({ 'journal.jsonl': 'mine' });
  expect(await run(2, [1])).toEqual(OF_ONE);
  expect(below()).toEqual({ ...OF_ONE, 'journal.jsonl': 'mine' });
});

test('of two of the user’s none is lost', async () => {
  write(OF_USER);
  await killed('layOut', place(1), [], 2);
  write({ 'journal.jsonl': 'new' });
  await run(2, [], OF_ONE);
  expect(below()).toEqual({ 'journal.jsonl': 'new' });
  expect(filesBelow(`${ignition()}.drydock-older`)).toEqual(OF_USER);
});

describe('where the project’s code has put other things', () => {
  const ofDeploy = () => path.join(root, 'project', 'build/records');
  const outside = () => path.join(root, 'outside');
  const link = (at: string, to: string) => {
    rmSync(at, { recursive: true, force: true });
    mkdirSync(path.dirname(at), { recursive: true });
    symlinkSync(to, at);
  };
  const pipe = (at: string) => {
    mkdirSync(path.dirname(at), { recursive: true });
    execFileSync('mkfifo', [at]);
  };

  beforeEach(() => {
    mkdirSync(path.join(outside(), 'localhost'), { recursive: true });
    writeFileSync(path.join(outside(), 'localhost/own.txt'), 'own');
  });
  const expectUntouched = () => {
    expect(filesBelow(outside())).toEqual({ 'localhost/own.txt': 'own' });
    expect(readdirSync(outside())).toEqual(['localhost']);
  };

  test('a link out of the project is not followed', async () => {
    link(ofDeploy(), outside());
    await expect(run(1, [])).rejects.toMatchObject({
      code: 'NOT_A_PROJECT',
      message: expect.stringContaining('Move it away, then deploy again.'),
    });
    expectUntouched();
  });

  test('nor one that appears during a run', async () => {
    await records.layOut(place(1), folders(place(1)), []);
    link(ofDeploy(), outside());
    await expect(records.settle(place(1))).rejects.toMatchObject({ code: 'NOT_A_PROJECT' });
    rmSync(ofDeploy());
    await records.layOut(place(2), folders(place(2)), []);
    link(ignition(), path.join(outside(), 'localhost'));
    await records.settle(place(2));
    expect(await run(3, [2])).toEqual({});
    expectUntouched();
  });

  test('nor does a project’s folder that is another one meanwhile', async () => {
    const of = place(1);
    of.project.boundary = of.project.path;
    rmSync(of.project.path, { recursive: true });
    symlinkSync(outside(), of.project.path);
    const names = recordFolders(of, { ignition: 'ignition', deployments: '.' });
    await expect(records.layOut(of, names, [])).rejects.toMatchObject({ code: 'NOT_A_PROJECT' });
    expectUntouched();
  });

  test('links and pipes in place of the mark are read and written by nobody', async () => {
    const secret = path.join(outside(), 'localhost/own.txt');
    link(`${ignition()}.drydock-run`, secret);
    pipe(`${path.join(ofDeploy(), 'localhost')}.drydock-run`);
    await run(1, [], OF_ONE);
    expect(await run(2, [1])).toEqual(OF_ONE);
    expectUntouched();
  });

  test('only files are kept', async () => {
    await records.layOut(place(1), folders(place(1)), []);
    write(OF_ONE);
    link(path.join(ignition(), 'link.json'), path.join(outside(), 'localhost/own.txt'));
    link(path.join(ignition(), 'folder'), outside());
    pipe(path.join(ignition(), 'pipe.json'));
    await records.settle(place(1));
    expect(await run(2, [1])).toEqual(OF_ONE);
  });
});

/**
 * Has a process do it that is killed in the middle of its step `after`. Returns whether it was.
 * A recursive step is half done then, and a file half written.
 */
async function killed(
  what: 'layOut' | 'settle',
  of: RecordsOf,
  inPlace: number[],
  after: number,
): Promise<boolean> {
  const program = `
    import fs from 'node:fs/promises';
    import sync from 'node:fs';
    import path from 'node:path';
    import { syncBuiltinESMExports } from 'node:module';
    let left = ${after};
    const filesOf = (at) => sync.existsSync(at) && sync.statSync(at).isDirectory()
      ? sync.readdirSync(at, { recursive: true }).map(String).filter((name) => sync.statSync(path.join(at, name)).isFile())
      : [];
    const half = {
      rm: (at) => filesOf(at).slice(0, 1).forEach((name) => sync.rmSync(path.join(at, name))),
      open: (at) => sync.writeFileSync(at, '', { flag: 'wx' }),
      writeFile: (at, text) => sync.writeFileSync(at, text.slice(0, 5)),
    };
    for (const name of ['open', 'mkdir', 'rename', 'rm', 'rmdir', 'writeFile']) {
      const real = fs[name];
      fs[name] = async (...args) => {
        const onlyReads = name === 'open' && args[1] !== 'wx';
        if (!onlyReads && left-- === 0) {
          half[name]?.(...args);
          process.kill(process.pid, 'SIGKILL');
        }
        return real(...args);
      };
    }
    syncBuiltinESMExports();
    const { ToolRecords } = await import(${JSON.stringify(file)});
    await new ToolRecords(${JSON.stringify(path.join(root, 'data'))}).${what}(
      ...${JSON.stringify(what === 'layOut' ? [of, folders(of), inPlace] : [of])});
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const [code, signal] = await once(child, 'close');
  if (signal === null && code !== 0) throw new Error(said);
  return signal === 'SIGKILL';
}

describe.each<[string, Files | null]>([
  ['nothing of the user’s', null],
  ['records of the user', OF_USER],
])('with %s there', (_, own) => {
  const expectAllIsBack = () => {
    expect(ours()).toEqual([]);
    if (own) expect(below()).toEqual(own);
  };

  async function begin() {
    if (own) write(own);
    await run(1, [], OF_ONE);
  }

  test('a kill at any step before a run is put right', async () => {
    for (let after = 0; ; after++) {
      await begin();
      const isKilled = await killed('layOut', place(2), [1], after);
      await records.settle(place(2));
      expectAllIsBack();
      expect(await run(3, [1], OF_TWO), `step ${after}`).toEqual(OF_ONE);
      expectAllIsBack();
      rmSync(path.join(root, 'project'), { recursive: true });
      mkdirSync(path.join(root, 'project'));
      rmSync(path.join(root, 'data'), { recursive: true });
      if (!isKilled) break;
    }
  }, 60_000);

  test('a kill at any step after a run is put right', async () => {
    for (let after = 0; ; after++) {
      await begin();
      await records.layOut(place(2), folders(place(2)), [1]);
      write(OF_TWO);
      const isKilled = await killed('settle', place(2), [], after);
      await records.settle(place(2));
      expectAllIsBack();
      expect(await run(3, [2, 1]), `step ${after}`).toEqual(OF_TWO);
      expectAllIsBack();
      rmSync(path.join(root, 'project'), { recursive: true });
      mkdirSync(path.join(root, 'project'));
      rmSync(path.join(root, 'data'), { recursive: true });
      if (!isKilled) break;
    }
  }, 60_000);
});
