import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { findTool } from '../../engines/process/tools.ts';
import { projectFiles } from '../../lib/project-files.ts';
import { environmentFor, profilesIn, readConfig, readConfigs } from './config.ts';
import { configWith } from './config-with-options.ts';
import { forge } from './tools.ts';

const base = `[profile.default]
src = "base-src"
script = "base-script"
[profile.other]
out = "base-out"
`;

/** Files of a project, and environment variables. */
const cases: [string, Record<string, string>, Record<string, string>][] = [
  ['nothing', { 'foundry.toml': '' }, {}],
  [
    'the default profile',
    {
      'foundry.toml': '[profile.default]\nsrc = "s"\nscript = "d"\nlibs = ["l"]\nsolc = "0.8.30"\n',
    },
    {},
  ],
  [
    'another profile over the default one',
    {
      'foundry.toml':
        '[profile.default]\nsrc = "s"\nbroadcast = "b"\n[profile.other]\nbroadcast = "o"\n',
    },
    { FOUNDRY_PROFILE: 'other' },
  ],
  [
    'the profile that .env chooses, and what it sets',
    {
      'foundry.toml': '[profile.other]\nout = "o"\nscript = "d"\n',
      '.env': 'FOUNDRY_PROFILE=other\nFOUNDRY_SCRIPT=e\nFOUNDRY_CACHE_PATH=c\n',
    },
    {},
  ],
  [
    'variables over .env',
    { 'foundry.toml': '', '.env': 'FOUNDRY_SRC=inner\n' },
    { FOUNDRY_SRC: 'outer', FOUNDRY_OFFLINE: 'true' },
  ],
  [
    'a file that extends another',
    {
      'foundry.toml': '[profile.default]\nextends = "./base.toml"\nsrc = "own"\n',
      'base.toml': base,
    },
    {},
  ],
  [
    'one that extends it for another profile only',
    { 'foundry.toml': '[profile.default]\nextends = "./base.toml"\n', 'base.toml': base },
    { FOUNDRY_PROFILE: 'other' },
  ],
  [
    'lists of a file that it extends come first',
    {
      'foundry.toml': '[profile.default]\nextends = "base.toml"\nlibs = ["own"]\n',
      'base.toml': '[profile.default]\nlibs = ["base"]\nsrc = "base-src"\n',
    },
    {},
  ],
  [
    'a table that says how to extend',
    {
      'foundry.toml':
        '[profile.default]\nextends = { path = "base.toml", strategy = "replace-arrays" }\nlibs = ["own"]\n',
      'base.toml': '[profile.default]\nlibs = ["base"]\nscript = "base-script"\n',
    },
    {},
  ],
  [
    'numbers of 64 bits, and forms of newer TOML',
    {
      'foundry.toml':
        '\ufeff[profile]\r\ndefault = { gas_limit = 9223372036854775807,\n  src = "s\\x41", }\n[custom]\na = 07:32\n',
    },
    {},
  ],
  ['names with hyphens', { 'foundry.toml': '[profile.default]\ncache-path = "kept"\n' }, {}],
  ['the old form', { 'foundry.toml': '[default]\nscript = "old"\n' }, {}],
];

describe('the configuration is read as forge reads it', () => {
  test.each(cases)('%s', async (_, files, variables) => {
    await using folder = await temporaryFolder();
    for (const [name, text] of Object.entries(files)) {
      await writeFile(path.join(folder.path, name), text);
    }
    const { FOUNDRY_PROFILE, FOUNDRY_OFFLINE, ...outer } = process.env;
    const env = { ...outer, HOME: folder.path, ...variables };
    const json = execFileSync(findTool(forge).path, ['config', '--json'], {
      cwd: folder.path,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const expected = JSON.parse(json) as Record<string, unknown>;
    const ours = readConfig(projectFiles(folder.path), env);
    // Without a setting, imports are looked for in node_modules as well.
    if (/^libs|\blibs =/m.test(files['foundry.toml'] ?? ''))
      expect(ours.libs).toEqual(expected.libs);
    else expect(ours.libs).toEqual(expect.arrayContaining(expected.libs as string[]));
    expect({
      src: ours.src,
      script: ours.script,
      out: ours.out,
      broadcast: ours.broadcast,
      cache_path: ours.cache,
      solc: ours.solc ?? null,
      offline: ours.offline,
    }).toEqual({
      src: expected.src,
      script: expected.script,
      out: expected.out,
      broadcast: expected.broadcast,
      cache_path: expected.cache_path,
      solc: expected.solc,
      offline: expected.offline,
    });
  });
});

test('its profiles are those of the file and of what it extends', async () => {
  await using folder = await temporaryFolder();
  const put = (name: string, text: string) => writeFile(path.join(folder.path, name), text);
  const files = projectFiles(folder.path);
  await put('foundry.toml', '');
  expect(profilesIn(files)).toEqual(['default']);
  await put('foundry.toml', '[profile.ci]\nout = "ci"\n[profile.default]\nextends = "b.toml"\n');
  await put('b.toml', '[profile.lite]\nvia_ir = false\n');
  expect(profilesIn(files)).toEqual(['default', 'ci', 'lite']);
  expect(readConfig(files, environmentFor('ci')).out).toBe('ci');
  // One that can't be read hides no other.
  await put('foundry.toml', '[profile.ci]\nout = "ci"\n[profile.bad]\nextends = "none.toml"\n');
  expect(readConfigs(files).map(({ config }) => config.out)).toEqual(['out', 'out', 'ci']);
  expect(() => readConfig(files, environmentFor('bad'))).toThrow('none.toml');
});

test('options that change a compile make another fingerprint, and others none', async () => {
  await using folder = await temporaryFolder();
  await writeFile(path.join(folder.path, 'foundry.toml'), '');
  const config = readConfig(projectFiles(folder.path));
  expect(configWith(config, ['--slow', '--legacy'])).toBe(config);
  const all = [['--via-ir'], ['--optimizer-runs=1'], ['--optimizer-runs=2'], ['--use=0.8.30']];
  const fingerprints = all.map((options) => configWith(config, options).fingerprint);
  expect(new Set([config.fingerprint, ...fingerprints]).size).toBe(5);
  expect(configWith(config, ['--use=0.8.30', '--offline'])).toMatchObject({
    ...{ solc: '0.8.30', offline: true },
  });
});
