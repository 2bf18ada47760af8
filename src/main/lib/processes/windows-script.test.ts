import { expect, test } from 'vitest';
import { startScript } from './windows-script.ts';

const install = ['ci', '--ignore-scripts', '--mode=skip-build'];

test('a script of Windows is started by its shell, which looks for it in PATH alone', () => {
  const { program, args, env } = startScript('npm', install, 'win32');
  expect(program).toMatch(/^[A-Z]:\\.*\\System32\\cmd\.exe$/i);
  expect(args).toEqual(['/d', '/c', 'npm', ...install]);
  expect(env).toEqual({ NoDefaultCurrentDirectoryInExePath: '1' });
});

test.each(['a&calc', '%PATH%', 'a b', '"a', 'a^b', 'a|b', ''])(
  '%j never reaches a shell',
  (word) => {
    expect(() => startScript('npm', [word], 'win32')).toThrow('no word for a shell');
  },
);

test('elsewhere it is a program like others', () => {
  const started = { program: 'npm', args: install, env: {} };
  expect(startScript('npm', install, 'linux')).toEqual(started);
});
