import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { errorStatus } from '#main/shared/errors.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { writeSite } from '../../build/lib/docs/site.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const built = path.join(root, 'out/renderer/docs');
const read = (file: string) => readFileSync(file, 'utf8');
const guides = globSync('docs/guide/*.md', { cwd: root });

interface Command {
  name: string;
  options: { name: string }[];
  children: Command[];
}

/** Written in the sources as codes, and none that a user meets: what our own processes say to one another. */
const inward = new Set(['BAD_REQUEST', 'SQLITE_CORRUPT']);

/** Codes of failed runs, of the doors and of the window: wherever a source gives an error its code. */
function codesInSources(): string[] {
  const sources = globSync('src/**/*.{ts,tsx}', { cwd: root })
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .map((file) => read(path.join(root, file)));
  const given =
    /(?:\bcode: (?:[^,;{}\n]*? \? '(?<either>\w+)' : )?|NO_RECEIPT = |new ORPCError\(\s*)'(?<code>[A-Z]+(?:_[A-Z]+)*)'/g;
  return sources.flatMap((text) =>
    [...text.matchAll(given)].flatMap(({ groups }) =>
      [groups?.code, groups?.either].filter((one) => one !== undefined),
    ),
  );
}

test('every error code has one place on the page of troubleshooting, and no other has', () => {
  const headings = [...read(path.join(built, 'troubleshooting.html')).matchAll(/<h3 id="(\w+)">/g)];
  const written = headings.map(([, id = '']) => id.toUpperCase());
  const codes = new Set([...Object.keys(errorStatus), ...codesInSources()]);
  const shown = [...codes].filter((code) => code !== 'UNKNOWN' && !inward.has(code));
  expect(written.toSorted()).toEqual(shown.toSorted());
});

test('the command line explains each code in its own words, which it says to read on with', () => {
  const texts: Record<string, string> = JSON.parse(read(path.join(built, 'errors.json')));
  for (const code of Object.keys(errorStatus)) expect(texts[code], code).toMatch(/^\S.{38}/);
  const cli = (...args: string[]) =>
    spawnSync(process.execPath, [path.join(root, 'out/main/cli.js'), ...args], {
      env: { ...process.env, DRYDOCK_HOME: path.join(root, 'nowhere') },
      encoding: 'utf8',
    });
  const said = cli('explain', 'port-taken');
  expect(said.stdout).toMatch(/^PORT_TAKEN\n\nAnother program listens on the port/);
  expect(said.stdout).toContain('\n  drydock chain start local --port 8555\n');
  expect(said.stdout).not.toMatch(/```|\]\(/);
  expect(JSON.parse(cli('explain', 'PORT_TAKEN', '--json').stdout)).toEqual({
    code: 'PORT_TAKEN',
    text: texts.PORT_TAKEN,
    page: '/docs/troubleshooting.html#port_taken',
  });
  expect(cli('explain').stdout.trim().split('\n')).toHaveLength(Object.keys(texts).length);
  const unknown = cli('explain', 'NOTHING_LIKE_IT', '--json');
  expect(unknown.status).toBe(2);
  expect(JSON.parse(unknown.stdout).error).toMatchObject({
    code: 'BAD_INPUT',
    help: 'drydock explain BAD_INPUT',
  });
});

test('every command that a guide names exists, with its options', async () => {
  await using home = await temporaryFolder();
  const out = execFileSync(
    process.execPath,
    [path.join(root, 'out/main/cli.js'), 'reference', 'commands'],
    { env: { ...process.env, DRYDOCK_HOME: home.path }, encoding: 'utf8' },
  );
  const program: Command = JSON.parse(out);
  const wrong = (line: string): boolean => {
    let at = program;
    const words = line.split(/\s+/).slice(1);
    for (const word of words)
      at = at.children.find(({ name }) => name.split(' ').at(-1) === word) ?? at;
    const options = [...at.options, ...program.options].map(({ name }) => name);
    return (
      at === program ||
      (at.children.length > 0 && at.options.every(({ name }) => name === '-h, --help')) ||
      words.some((w) => w.startsWith('--') && !options.some((o) => o.split(/[ ,]+/).includes(w)))
    );
  };
  const named = guides.flatMap((file) =>
    [...read(path.join(root, file)).matchAll(/(?:`|^|\()(drydock [a-z][^`\n)>]*)/gm)].map(
      ([, one]) => one ?? '',
    ),
  );
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter(wrong)).toEqual([]);
  expect(wrong('drydock project nothing')).toBe(true);
  expect(wrong('drydock project list --nothing')).toBe(true);
});

test('pages hold no script or handler of their own, as the policy of the host asks', () => {
  const pages = globSync('*.html', { cwd: built });
  expect(pages.sort()).toEqual(expect.arrayContaining(['api.html', 'commands.html', 'index.html']));
  for (const page of pages) {
    const html = read(path.join(built, page));
    expect(
      html.match(
        /<script(?! type="module" src="docs.js"><\/script>| src="theme.js"><\/script>)[^>]*>/g,
      ),
    ).toBeNull();
    expect(html).not.toMatch(/<[^>]+\s(?:on\w+|style)=/);
    expect(html).not.toMatch(/(?:src|href)="https?:/);
  }
});

test('a link that leads nowhere fails the build', async () => {
  const folder = await temporaryFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const write = (link: string) =>
    writeSite([{ name: 'a', text: `# A\n\n[b](${link})` }], path.join(folder.path, 'site'), {
      fonts: false,
    });
  expect(() => write('#a')).not.toThrow();
  expect(() => write('b.md')).toThrow('a.md leads to b.md');
  expect(() => write('a.md#b')).toThrow('a.md leads to a.md#b');
});

test('the man page names every command', () => {
  const page = read(path.join(root, 'out/man/drydock.1'));
  expect(page).toContain('.SS drydock chain start [options] [chain]');
  expect(
    page.split('\n').filter((line) => /^[.'](?!TH|SH|SS|TP|B )/.test(line) && line !== '.TP'),
  ).toEqual([]);
});
