import { execFileSync } from 'node:child_process';
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

test('every error code has its place on the page of troubleshooting, and no other has', () => {
  const headings = [...read(path.join(built, 'troubleshooting.html')).matchAll(/<h2 id="(\w+)">/g)];
  const codes = [...Object.keys(errorStatus), 'INTERNAL'].map((code) => code.toLowerCase());
  expect(headings.map(([, id]) => id)).toEqual(codes);
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
      at.children.length > 0 ||
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
    expect(html.match(/<script(?! type="module" src="search.js"><\/script>)[^>]*>/g)).toBeNull();
    expect(html).not.toMatch(/<[^>]+\s(?:on\w+|style)=/);
    expect(html).not.toMatch(/(?:src|href)="https?:/);
  }
});

test('a link that leads nowhere fails the build', async () => {
  const folder = await temporaryFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const write = (link: string) =>
    writeSite([{ name: 'a', text: `# A\n\n[b](${link})` }], path.join(folder.path, 'site'));
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
