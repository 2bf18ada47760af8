import { expect, test } from 'vitest';
import { openRequest, ownArguments } from './start-arguments.ts';

const cwd = '/home/me';

test('a folder is taken as the one that it is where the second start was made', () => {
  expect(openRequest({ args: ['vault'], cwd })).toEqual({ folder: '/home/me/vault' });
  expect(openRequest({ args: ['--enable-x', '/code/vault'], cwd })).toEqual({
    folder: '/code/vault',
  });
  expect(openRequest({ args: ['.'], cwd })).toEqual({ folder: '/home/me' });
});

test('beside a link nothing counts', () => {
  const link = 'drydock://deployment/7';
  expect(openRequest({ args: ['/etc', link, '--inspect'], cwd })).toEqual({ link });
});

test('a start by itself asks for nothing', () => {
  expect(openRequest({ args: [], cwd })).toBeNull();
  expect(openRequest({ args: ['--no-sandbox', ''], cwd })).toBeNull();
});

test('the program, and the app that it is given in a checkout, are no arguments', () => {
  expect(ownArguments(['/opt/drydock', 'vault'], true)).toEqual(['vault']);
  expect(ownArguments(['/electron', '/checkout', 'vault'], false)).toEqual(['vault']);
  expect(ownArguments(['/electron', '--inspect=0', '/checkout'], false)).toEqual([]);
});
