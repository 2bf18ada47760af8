import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import envPaths from 'env-paths';
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { SecretsHunt } from '#test/harness/secrets-hunt/hunt.ts';

let opened: TestApp;
let client: Client;
let folder: string;
let hunt: SecretsHunt;

/** cast is told passwords by these tests alone. */
const CAST = /cast wallet/;

beforeAll(async () => {
  opened = await openTestApp();
  hunt = await SecretsHunt.begin(opened);
  ({ client } = await openDoor('in-process', opened.app));
  folder = path.join(os.homedir(), '.foundry', 'keystores');
});

afterAll(async () => {
  await hunt.end();
  await opened[Symbol.asyncDispose]();
});

const cast = (...args: string[]): string =>
  execFileSync('node_modules/.bin/cast', args, { encoding: 'utf8', stdio: 'pipe' });

/** Every file of a folder and those below, as one text. */
function textsIn(at: string): string {
  return readdirSync(at, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

test('a new key lies where cast finds it, and unlocks with the password that is kept', async () => {
  const key = await client.keys.create({ name: 'deployer' });
  expect(key).toMatchObject({ password: 'kept', unlockedUntil: null, problem: null });
  expect(statSync(key.file).mode & 0o777).toBe(0o600);
  expect(cast('wallet', 'list', '--dir', folder)).toContain('deployer');
  const { crypto } = JSON.parse(readFileSync(key.file, 'utf8'));
  expect(crypto).toMatchObject({ kdf: 'scrypt', kdfparams: { n: 2 ** 17 } });

  const unlocked = await client.keys.grant({ name: 'deployer' });
  expect(unlocked.unlockedUntil).toBeGreaterThan(Date.now());
  expect(await client.keys.lock({ name: 'deployer' })).toMatchObject({ unlockedUntil: null });
});

test('an imported key has its address and password, as cast sees it; nothing of it is kept in clear', async () => {
  const privateKey = generatePrivateKey();
  const password = 'correct horse battery staple';
  hunt.keep('imported key', privateKey);
  hunt.keep('its password', password, { args: CAST });
  const key = await client.keys.import({ name: 'imported', privateKey, password });
  expect(key).toMatchObject({ address: privateKeyToAddress(privateKey), password: 'asked' });
  const told = cast(...['wallet', 'address', '--keystore', key.file], ...['--password', password]);
  expect(told.trim()).toBe(key.address);
  const kept = textsIn(opened.home) + textsIn(folder);
  for (const secret of [privateKey.slice(2), password, Buffer.from(password).toString('hex')]) {
    expect(kept).not.toContain(secret);
  }
});

test('a keystore of cast is listed, and says its address once it was unlocked', async () => {
  mkdirSync(folder, { recursive: true });
  cast('wallet', 'new', folder, 'of-cast', '--unsafe-password', 'secret');
  const before = (await client.keys.list()).find(({ name }) => name === 'of-cast');
  expect(before).toMatchObject({ address: null, password: 'asked' });
  const unlocked = await client.keys.grant({ name: 'of-cast', password: 'secret' });
  expect(unlocked.address).toBe(
    cast('wallet', 'address', '--keystore', unlocked.file, '--password', 'secret').trim(),
  );
  await client.keys.lock({ name: 'of-cast' });
  expect(await client.keys.list()).toContainEqual({ ...unlocked, unlockedUntil: null });
});

test('a wrong password is refused, and after a few the next try has to wait', async () => {
  const [password, privateKey] = ['the right one', generatePrivateKey()];
  hunt.keep('guessed key', privateKey);
  hunt.keep('right password', password);
  hunt.keep('wrong password', 'a wrong guess');
  await client.keys.import({ name: 'guessed', privateKey, password });
  const guess = (typed: string) => client.keys.grant({ name: 'guessed', password: typed });
  for (const typed of ['a wrong guess', 'another wrong guess']) {
    await expect(guess(typed)).rejects.toMatchObject({ code: 'WRONG_PASSWORD' });
  }
  await expect(guess('three')).rejects.toMatchObject({
    code: 'WRONG_PASSWORD',
    message: expect.stringContaining('next try'),
  });
  // Not even the right one is looked at meanwhile.
  await expect(guess(password)).rejects.toMatchObject({ code: 'KEY_LOCKED' });
  const [key] = (await client.keys.list()).filter(({ name }) => name === 'guessed');
  expect(key?.triesFrom).toBeGreaterThan(Date.now());
});

test('what is no key or no keystore is said so, and keeps nothing', async () => {
  const wrong = '0x1234';
  await expect(client.keys.import({ name: 'wrong', privateKey: wrong })).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
    data: { field: 'privateKey' },
  });
  const zero = `0x${'0'.repeat(64)}`;
  await expect(client.keys.import({ name: 'wrong', privateKey: zero })).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
  });
  expect((await client.keys.list()).map(({ name }) => name)).not.toContain('wrong');
  await expect(client.keys.grant({ name: 'nobody' })).rejects.toMatchObject({
    code: 'KEY_NOT_FOUND',
  });

  writeFileSync(path.join(folder, 'text'), 'no keystore');
  expect(await client.keys.list()).toContainEqual(
    expect.objectContaining({ name: 'text', problem: expect.any(String) }),
  );
  await expect(client.keys.grant({ name: 'text', password: 'x' })).rejects.toMatchObject({
    code: 'KEY_UNUSABLE',
  });
});

describe('the keystore of another tool', () => {
  const ITS_PASSWORD = 'pass \ufb01ve words';
  const KEY = '0x4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318';
  const from = { source: 'Hardhat 3', entry: 'DEPLOYER_KEY', password: ITS_PASSWORD };
  const file = path.join(envPaths('hardhat').config, 'keystore.json');
  const written = (
    change: (keystore: Record<string, Record<string, unknown>>) => void = () => undefined,
  ) => {
    const keystore = JSON.parse(readFileSync('test/fixtures/keystores/hardhat-3.json', 'utf8'));
    change(keystore);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(keystore));
  };
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      ({ code, message }) => `${code}: ${message}`,
    );

  test('lends a key, which is kept as any other', async () => {
    hunt.keep('key of another tool', KEY);
    hunt.keep('password of its keystore', ITS_PASSWORD);
    rmSync(file, { force: true });
    expect(await client.keys.sources()).toEqual([]);
    written();
    const entries = ['DEPLOYER_KEY', 'SEPOLIA_RPC_URL'];
    expect(await client.keys.sources()).toEqual([
      { source: 'Hardhat 3', file, entries, problem: null },
    ]);
    const key = await client.keys.import({ name: 'moved', from });
    expect(key).toMatchObject({ address: privateKeyToAddress(KEY), password: 'kept' });
    expect((await client.keys.grant({ name: 'moved' })).unlockedUntil).not.toBeNull();
    await client.keys.lock({ name: 'moved' });
  });

  test('is left alone where it does not fit, with the reason', async () => {
    written();
    const taken = (more: object) =>
      client.keys.import({ name: 'other', from: { ...from, ...more } });
    expect(await refusal(taken({ entry: 'NOWHERE' }))).toMatch(/^BAD_ARGUMENT: .*DEPLOYER_KEY/);
    expect(await refusal(taken({ source: 'Nobody' }))).toContain('There is no keystore of Nobody');
    // An address of a network is no key.
    expect(await refusal(taken({ entry: 'SEPOLIA_RPC_URL' }))).toContain('no private key');
    expect(await refusal(client.keys.import({ name: 'other' }))).toContain('BAD_ARGUMENT');
    written((keystore) => {
      keystore.secrets = { DEPLOYER_KEY: keystore.secrets?.SEPOLIA_RPC_URL };
    });
    expect(await refusal(taken({}))).toContain('was changed by something');
    written((keystore) => Object.assign(keystore, { version: 'another' }));
    expect(await refusal(taken({}))).toContain('a form that is not known');
    writeFileSync(file, 'no keystore');
    expect(await client.keys.sources()).toMatchObject([{ problem: expect.any(String) }]);
    expect(await refusal(taken({}))).toContain('holds no keystore');
    expect((await client.keys.list()).map(({ name }) => name)).not.toContain('other');
  });

  test('is tried with growing pauses after wrong passwords', async () => {
    written();
    const taken = (password: string) =>
      client.keys.import({ name: 'guessed-at', from: { ...from, password } });
    for (const password of ['a wrong guess', 'another wrong guess']) {
      expect(await refusal(taken(password))).toMatch(
        /^WRONG_PASSWORD: .*the keystore of Hardhat 3\.$/,
      );
    }
    expect(await refusal(taken('a third wrong guess'))).toContain('next try');
    expect(await refusal(taken(ITS_PASSWORD))).toMatch(/^KEY_LOCKED/);
    await vi.waitFor(() => taken(ITS_PASSWORD));
  });
});

test('a keystore that would take all memory to open is refused', async () => {
  const { file } = await client.keys.import({
    ...{ name: 'greedy', privateKey: generatePrivateKey(), password: 'x' },
  });
  const keystore = JSON.parse(readFileSync(file, 'utf8'));
  keystore.crypto.kdfparams.n = 2 ** 30;
  writeFileSync(file, JSON.stringify(keystore));
  await expect(client.keys.grant({ name: 'greedy', password: 'x' })).rejects.toMatchObject({
    code: 'KEY_UNUSABLE',
  });
});

test('a key is deleted only when its name is given again, and no name is taken twice', async () => {
  const { file } = await client.keys.create({ name: 'spare' });
  await expect(client.keys.create({ name: 'spare' })).rejects.toMatchObject({ code: 'NAME_TAKEN' });
  await expect(client.keys.remove({ name: 'spare' })).rejects.toMatchObject({
    code: 'CONFIRMATION_NEEDED',
  });
  expect(statSync(file).isFile()).toBe(true);
  await client.keys.remove({ name: 'spare', confirm: 'spare' });
  expect(() => statSync(file)).toThrow();
});
