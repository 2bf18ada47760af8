import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { main } from '#main/doors/cli/main.ts';
import { copyFixture, type Fixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { type HostProcess, startHostProcess } from '#test/harness/host-process.ts';

let home: Awaited<ReturnType<typeof temporaryFolder>>;
let fixture: Fixture;
let host: HostProcess | undefined;
const before = process.cwd();

beforeEach(async () => {
  home = await temporaryFolder();
  fixture = await copyFixture('token-vault');
});
afterEach(async () => {
  process.chdir(before);
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await host?.stop();
  host = undefined;
  await fixture?.[Symbol.asyncDispose]();
  await home?.[Symbol.asyncDispose]();
});

async function drydock(...args: string[]) {
  vi.stubEnv('DRYDOCK_HOME', home.path);
  let stdout = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += text;
    return true;
  });
  const code = await main([...args, '--json']);
  vi.restoreAllMocks();
  return { code, answer: stdout === '' ? null : JSON.parse(stdout) };
}

// The core of a command works where the command does; that of a window or a host does not.
test.each(['its own core', 'a host that was started elsewhere'])(
  'folders are those of the shell, also with %s',
  async (which) => {
    if (which !== 'its own core') host = await startHostProcess(home.path);
    const [parent, name] = [path.dirname(fixture.folder), path.basename(fixture.folder)];
    process.chdir(fixture.folder);
    const added = await drydock('project', 'add', '.', '--name', 'vault');
    expect(added).toMatchObject({ code: 0, answer: { path: fixture.folder } });
    for (const ref of ['.', './', 'vault', `../${name}`]) {
      const { answer } = await drydock('project', 'show', ref);
      expect(answer, ref).toMatchObject({ path: fixture.folder });
    }
    process.chdir(parent);
    const { answer: shown } = await drydock('project', 'show', `${name}/`);
    expect(shown).toMatchObject({ name: 'vault' });
    const { answer: found } = await drydock('project', 'detect', `./${name}`);
    expect(found.candidates[0]).toMatchObject({ kind: 'foundry' });

    await mkdir(path.join(home.path, 'code'));
    process.chdir(path.join(home.path, 'code'));
    const { code, answer } = await drydock('new', 'counter');
    expect({ code, name: answer.name }).toEqual({ code: 0, name: 'counter' });
    expect(await readdir('counter')).toContain('foundry.toml');
  },
);
