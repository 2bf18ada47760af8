import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { AppError } from '#main/shared/errors.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { variablesOf } from '../../lib/environment.ts';
import { appInput, normalizeInput, titleOf } from './input.ts';

let folder: string;
const dockerfile = (text: string, name = 'Dockerfile') =>
  writeFileSync(path.join(folder, name), text);

beforeEach(async () => {
  const made = await temporaryFolder();
  folder = made.path;
  dockerfile('FROM scratch\nEXPOSE 3000\n');
  return () => made[Symbol.asyncDispose]();
});

const refused = (asked: unknown) => {
  try {
    normalizeInput(asked, folder);
  } catch (error) {
    if (error instanceof AppError) {
      return { code: error.code, field: error.data.field, message: error.message };
    }
    throw error;
  }
  throw new Error('it was taken');
};

const defaults = {
  dockerfile: 'Dockerfile',
  port: 3000,
  path: null,
  env: [],
  imageUser: false,
  timeout: 60,
  window: 5,
};

test('fills in what is not said', () => {
  expect(normalizeInput(undefined, folder)).toEqual(defaults);
  expect(normalizeInput({}, folder)).toEqual(defaults);
  expect(titleOf(normalizeInput({}, folder))).toBe('Dockerfile, port 3000');
});

test('takes a request of the command line for the same as that of the form', () => {
  mkdirSync(path.join(folder, 'deploy'));
  dockerfile('FROM scratch\n', 'deploy/web.Dockerfile');
  const typed = {
    dockerfile: ' deploy/web.Dockerfile ',
    port: '8080',
    path: '/healthz?full=1',
    env: 'GREETING=hello you\r\n\nEMPTY=\nHOME',
    imageUser: 'true',
    timeout: '90',
    window: '0',
  };
  const chosen = {
    dockerfile: 'deploy/web.Dockerfile',
    port: 8080,
    path: '/healthz?full=1',
    env: ['GREETING=hello you', 'EMPTY=', 'HOME'],
    imageUser: true,
    timeout: 90,
    window: 0,
  };
  expect(normalizeInput(typed, folder)).toEqual(chosen);
  expect(normalizeInput(chosen, folder)).toEqual(chosen);
  expect(appInput.parse(chosen)).toEqual(chosen);
});

test('takes an empty field for one that was not filled in', () => {
  const empty = { dockerfile: '', port: '', path: '', env: [], imageUser: null, window: '' };
  expect(normalizeInput(empty, folder)).toEqual(defaults);
});

test('takes what it has made for whole', () => {
  dockerfile('FROM scratch\n');
  const made = normalizeInput({}, folder);
  expect(made.port).toBeNull();
  expect(normalizeInput(made, folder)).toEqual(made);
});

test.each([
  ['exposes none', 'FROM scratch\n'],
  ['exposes several', 'FROM scratch\nEXPOSE 80 443\n'],
  ['leaves it to a variable', 'FROM scratch\nARG P\nEXPOSE 80 $P\n'],
])('leaves the port to the image when the Dockerfile %s', (_, text) => {
  dockerfile(text);
  const input = normalizeInput({}, folder);
  expect(input.port).toBeNull();
  expect(titleOf(input)).toBe('Dockerfile');
});

test.each([
  [{ port: 0 }, 'port'],
  [{ port: 65_536 }, 'port'],
  [{ port: '80a' }, 'port'],
  [{ path: 'healthz' }, 'path'],
  [{ path: '//elsewhere.example/' }, 'path'],
  [{ path: '/a b' }, 'path'],
  [{ path: '/a\r\nHost: other' }, 'path'],
  [{ env: ['1A=2'] }, 'env'],
  [{ env: ['A=1', 'A=2'] }, 'env'],
  [{ env: [7] }, 'env'],
  [{ imageUser: 'perhaps' }, 'imageUser'],
  [{ window: -1 }, 'window'],
  [{ window: 100_000 }, 'window'],
  [{ timeout: 0 }, 'timeout'],
  [{ colour: 'red' }, 'colour'],
])('refuses %j', (asked, field) => {
  expect(refused(asked)).toMatchObject({ code: 'BAD_ARGUMENT', field });
});

test('refuses a value that would be a secret in the database, and does not repeat it', () => {
  const { code, field, message } = refused({ env: ['API_KEY=hunter2hunter2'] });
  expect({ code, field }).toEqual({ code: 'SECRET_ARGUMENT', field: 'env' });
  expect(message).not.toContain('hunter2');
  expect(normalizeInput({ env: ['API_KEY'] }, folder).env).toEqual(['API_KEY']);
});

test.each([
  ['is missing', { dockerfile: 'none' }],
  ['leads out of the folder', { dockerfile: '../Dockerfile' }],
  ['is a folder', { dockerfile: '.' }],
])('refuses a Dockerfile that %s', (_, asked) => {
  expect(refused(asked)).toMatchObject({ code: 'DOCKERFILE_UNUSABLE', field: 'dockerfile' });
});

test('takes the value of a bare name from the environment, and says which values those are', () => {
  expect(variablesOf(['A=1=2', 'TOKEN'], { TOKEN: 'abc' })).toEqual({
    variables: { A: '1=2', TOKEN: 'abc' },
    secrets: ['abc'],
  });
  expect(() => variablesOf(['TOKEN'], {})).toThrow(
    /TOKEN is neither kept .* nor in the environment/,
  );
});
