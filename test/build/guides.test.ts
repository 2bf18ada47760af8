import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { contents } from '../../build/lib/docs/contents.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/** What a block may need that no test has; that its commands exist, another test looks at. */
const needs = ['needs-docker', 'needs-internet', 'needs-installed-app', 'needs-reader'];

/** The commands of the guides in the order in which they are listed, each with its page. */
function commands(): { page: string; line: string }[] {
  const guides = contents
    .filter(({ title }) => title === 'Start' || title === 'Guides')
    .flatMap(({ pages }) => pages);
  return guides.flatMap((page) => {
    const text = readFileSync(path.join(root, 'docs/guide', `${page}.md`), 'utf8');
    return [...text.matchAll(/^```sh(?<marks>[^\n]*)\n(?<code>[\s\S]*?)^```$/gm)].flatMap(
      ({ groups: { marks = '', code = '' } = {} }) => {
        const named = marks.split(' ').filter((mark) => mark !== '');
        expect(needs, page).toEqual(expect.arrayContaining(named));
        if (named.length > 0) return [];
        return code
          .split('\n')
          .filter((line) => line !== '' && !line.startsWith('#'))
          .map((line) => ({ page, line }));
      },
    );
  });
}

test('the commands of the guides do what they say, in their order, in a new data folder', async () => {
  const home = await temporaryFolder();
  const fixtures = { vault: 'token-vault', counter: 'upgradeable' } as const;
  const folder = realpathSync(home.path);
  for (const [name, fixture] of Object.entries(fixtures)) {
    await using copy = await copyFixture(fixture, { compiled: true });
    cpSync(copy.folder, path.join(folder, 'code', name), {
      recursive: true,
      verbatimSymlinks: true,
    });
  }
  const bin = path.join(folder, 'bin');
  mkdirSync(bin);
  const cli = path.join(root, 'out/main/cli.js');
  writeFileSync(path.join(bin, 'drydock'), `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`);
  chmodSync(path.join(bin, 'drydock'), 0o755);
  const env = {
    ...process.env,
    HOME: folder,
    DRYDOCK_HOME: path.join(folder, 'data'),
    DRYDOCK_ENGINE: 'process',
    PATH: `${bin}:${process.env.PATH}`,
  };
  const run = (line: string) =>
    spawnSync('bash', ['-c', line], { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' });
  onTestFinished(async () => {
    run('drydock chain stop local');
    await home[Symbol.asyncDispose]();
  });
  /** Where a guide leaves a hash out, the newest transaction is meant. */
  const whole = (line: string): string =>
    line.includes('0x…')
      ? line.replaceAll('0x…', /0x[0-9a-f]{64}/.exec(run('drydock tx list').stdout)?.[0] ?? '')
      : line;
  const lines = commands();
  expect(lines.length).toBeGreaterThan(40);
  for (const { page, line } of lines) {
    const { status, stdout, stderr } = run(whole(line));
    expect(status, `${page}: ${line}\n${stdout}\n${stderr}`).toBe(0);
  }
}, 600_000);
