import { describe, expect, test } from 'vitest';
import type { Desktop } from '../../lib/desktop.ts';
import { editorsOn } from './editors.ts';
import { fileManagersOn } from './file-managers.ts';
import { placeIn } from './place-in.ts';
import { terminalsOn } from './terminals.ts';

/** A machine with these programs. Paths are as its system writes them. */
function desktop(
  platform: NodeJS.Platform,
  programs: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Desktop {
  const separator = platform === 'win32' ? '\\' : '/';
  return {
    platform,
    env,
    home: platform === 'win32' ? 'C:\\Users\\ann' : '/home/ann',
    applications: ['/Applications'],
    isProgram: (file) => programs.some((one) => one === file || one.startsWith(`${file}/`)),
    namesIn: (folder) =>
      programs
        .filter((one) => one.startsWith(folder + separator))
        .map((one) => one.slice(folder.length + 1).split(separator)[0] ?? ''),
  };
}

const place = { folder: '/code/vault', file: '/code/vault/src/A;$(x).sol', line: 12, column: 3 };
const started = (machine: Desktop) =>
  editorsOn(machine).map(({ id, start }) => [id, start(place)] as const);

describe('editors', () => {
  test('each is told a line as it takes it, every word an argument of its own', () => {
    const bin = ['code', 'cursor', 'zed', 'idea', 'subl'].map((name) => `/usr/bin/${name}`);
    const { file, folder } = place;
    expect(started(desktop('linux', bin, { PATH: '/usr/bin' }))).toEqual([
      ['vscode', { program: '/usr/bin/code', args: [folder, '--goto', `${file}:12:3`] }],
      ['cursor', { program: '/usr/bin/cursor', args: [folder, '--goto', `${file}:12:3`] }],
      ['zed', { program: '/usr/bin/zed', args: [folder, `${file}:12:3`] }],
      ['intellij', { program: '/usr/bin/idea', args: ['--line', '12', '--column', '3', file] }],
      ['sublime', { program: '/usr/bin/subl', args: [folder, `${file}:12:3`] }],
    ]);
  });

  test('on macOS they are found in Applications, on Windows where installers put them', () => {
    const mac = desktop('darwin', [
      '/Applications/Zed.app/Contents/MacOS/cli',
      '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code',
    ]);
    expect(editorsOn(mac).map(({ id }) => id)).toEqual(['vscode', 'zed']);
    const windows = desktop(
      'win32',
      [
        'C:\\Users\\ann\\AppData\\Local\\Programs\\Microsoft VS Code\\Code.exe',
        'C:\\Program Files\\JetBrains\\WebStorm 2026.1\\bin\\webstorm64.exe',
        'C:\\Program Files\\JetBrains\\WebStorm 2026.2\\bin\\webstorm64.exe',
        'C:\\tools\\code.cmd',
      ],
      {
        localappdata: 'C:\\Users\\ann\\AppData\\Local',
        ProgramFiles: 'C:\\Program Files',
        Path: 'C:\\tools',
      },
    );
    expect(editorsOn(windows).map(({ id, start }) => [id, start(place).program])).toEqual([
      ['vscode', 'C:\\Users\\ann\\AppData\\Local\\Programs\\Microsoft VS Code\\Code.exe'],
      ['webstorm', 'C:\\Program Files\\JetBrains\\WebStorm 2026.2\\bin\\webstorm64.exe'],
    ]);
  });

  test('VISUAL comes before what is found, EDITOR behind it; one for a terminal runs in one', () => {
    const programs = ['/usr/bin/code', '/usr/bin/vim', '/usr/bin/xterm', '/opt/my ed/kate'];
    const visual = desktop('linux', programs, {
      PATH: '/usr/bin',
      VISUAL: '"/opt/my ed/kate" --block',
    });
    expect(started(visual)[0]).toEqual([
      'environment',
      { program: '/opt/my ed/kate', args: ['--block', place.file] },
    ]);
    const editor = desktop('linux', programs, { PATH: '/usr/bin', EDITOR: 'vim' });
    expect(editorsOn(editor).map(({ label }) => label)).toEqual(['VS Code', 'vim ($EDITOR)']);
    expect(started(editor)[1]?.[1]).toEqual({
      program: '/usr/bin/xterm',
      args: ['-e', '/usr/bin/vim', '+12', place.file],
    });
    const without = desktop('linux', ['/usr/bin/vim'], { PATH: '/usr/bin', EDITOR: 'vim' });
    expect(editorsOn(without)).toEqual([]);
  });

  test('no program comes from where Drydock was started, or from what a package manager put first', () => {
    const programs = ['/code/vault/node_modules/.bin/code', 'bin/code', './code', '/bad/vim'];
    const env = { PATH: ':.:bin:/code/vault/node_modules/.bin', VISUAL: './code' };
    expect(editorsOn(desktop('linux', programs, env))).toEqual([]);
  });
});

test('terminals begin in the folder, and on Windows are given no path', () => {
  const linux = desktop('linux', ['/usr/bin/konsole', '/usr/bin/xterm'], { PATH: '/usr/bin' });
  const target = { folder: '/code/a b' };
  expect(terminalsOn(linux).map(({ start }) => start(target))).toEqual([
    { program: '/usr/bin/konsole', args: ['--workdir', '/code/a b'], cwd: '/code/a b' },
    { program: '/usr/bin/xterm', args: [], cwd: '/code/a b' },
  ]);
  const wt = 'C:\\Users\\ann\\AppData\\Local\\Microsoft\\WindowsApps\\wt.exe';
  const windows = desktop('win32', [wt], { LOCALAPPDATA: 'C:\\Users\\ann\\AppData\\Local' });
  expect(terminalsOn(windows).map(({ start }) => start({ folder: 'C:\\a; cmd' }))).toEqual([
    { program: wt, args: ['-d', '.'], cwd: 'C:\\a; cmd' },
  ]);
  const mac = desktop('darwin', ['/Applications/iTerm.app/Contents/MacOS/iTerm2']);
  expect(terminalsOn(mac).map(({ start }) => start(target))).toEqual([
    { program: '/usr/bin/open', args: ['-a', 'iTerm.app', '/code/a b'] },
  ]);
});

test('file managers show folders, and never start what only looks like one', () => {
  const target = { folder: '/code/Trap.app' };
  expect(fileManagersOn(desktop('darwin', []))[0]?.start(target).args).toEqual([
    '-R',
    '/code/Trap.app',
  ]);
  const windows = desktop('win32', ['C:\\Windows\\explorer.exe'], { SystemRoot: 'C:\\Windows' });
  expect(fileManagersOn(windows)[0]?.start({ folder: 'C:\\a,/root,b' })).toMatchObject({
    args: ['"C:\\a,/root,b"'],
    verbatim: true,
  });
});

test.each([
  ['src/A.sol', { file: 'src/A.sol' }],
  ['src/A.sol:12', { file: 'src/A.sol', line: 12 }],
  ['src/A.sol:12:5', { file: 'src/A.sol', line: 12, column: 5 }],
  ['C:\\A.sol:7', { file: 'C:\\A.sol', line: 7 }],
  ['src/A.sol:0', { file: 'src/A.sol:0' }],
])('%s is a file and a place in it', (text, expected) => {
  expect(placeIn(text)).toEqual(expected);
});
