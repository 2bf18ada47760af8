import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { projectFiles } from '../../lib/project-files.ts';
import { instanceId, metadataOf } from './instance-id.ts';
import { isInstalled } from './is-installed.ts';
import { labelsOf } from './labels.ts';
import { recordFolders } from './tool-records.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'drydock-state-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** @param at seconds: the later ones are newer */
function put(name: string, content: unknown, at = 1000): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  utimesSync(file, at, at);
}

describe('whether packages are installed', () => {
  const check = (manager: Parameters<typeof isInstalled>[2] = 'npm') =>
    isInstalled(projectFiles(folder), folder, manager);
  const lock = (packages: Record<string, object>) => ({ packages: { '': {}, ...packages } });

  test('nothing is without a folder for them', () => {
    put('package-lock.json', lock({}));
    expect(check()).toBe(false);
    put('node_modules', 'a file');
    expect(check()).toBe(false);
  });

  test('what is there is taken as it is where nothing says more', () => {
    put('node_modules/a/package.json', {});
    expect(check()).toBe(true);
    put('package-lock.json', lock({}));
    expect(check()).toBe(true);
  });

  test('a lock file that is older than the last install says so', () => {
    put('package-lock.json', lock({ 'node_modules/a': { version: '1.0.0' } }), 1000);
    put('node_modules/.package-lock.json', lock({}), 2000);
    expect(check()).toBe(true);
  });

  test('a newer one of npm is compared with what was installed', () => {
    const a = (version: string) => ({ 'node_modules/a': { version } });
    put('node_modules/.package-lock.json', lock(a('1.0.0')), 1000);
    put('package-lock.json', lock(a('1.0.0')), 2000);
    expect(check()).toBe(true);
    put('package-lock.json', lock(a('1.0.1')), 2000);
    expect(check()).toBe(false);
    const other = { 'node_modules/b': { version: '2.0.0', optional: true } };
    put('package-lock.json', lock({ ...a('1.0.0'), ...other, 'packages/c': {} }), 2000);
    expect(check()).toBe(true);
    put('package-lock.json', '{"packages": 1', 2000);
    expect(check()).toBe(false);
  });

  test.each([
    ['pnpm', 'pnpm-lock.yaml', '.modules.yaml'],
    ['yarn', 'yarn.lock', '.yarn-integrity'],
    ['yarn', 'yarn.lock', '.yarn-state.yml'],
  ] as const)('of %s by the time of %s and %s', (manager, name, left) => {
    put(`node_modules/${left}`, '', 2000);
    put(name, '', 1000);
    expect(check(manager)).toBe(true);
    put(name, '', 3000);
    expect(check(manager)).toBe(false);
  });
});

describe('what the chain calls itself', () => {
  const file = () => path.join(folder, 'cache/.hardhat-network-instances.json');

  test('is what the project has noted, and is noted where nothing is', async () => {
    expect(await instanceId(projectFiles(folder), 'cache', 31337, '0x1')).toBe('0x1');
    expect(await instanceId(projectFiles(folder), 'cache', 31337, '0x2')).toBe('0x1');
    expect(await instanceId(projectFiles(folder), 'cache', 1337, '0x3')).toBe('0x3');
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({
      ...{ 'chain-31337': '0x1', 'chain-1337': '0x3' },
    });
  });

  test.each(['', '[]', '{"chain-31337": 7}'])('a note %s is none', async (text) => {
    put('cache/.hardhat-network-instances.json', text);
    expect(await instanceId(projectFiles(folder), 'cache', 31337, '0x1')).toBe('0x1');
  });

  test('is its own where the note is no file that can be read or written', async () => {
    const id = () => instanceId(projectFiles(folder), 'cache', 31337, '0x1');
    mkdirSync(path.join(folder, 'cache'));
    execFileSync('mkfifo', [file()]);
    expect(await id()).toBe('0x1');
    const outside = mkdtempSync(path.join(os.tmpdir(), 'drydock-state-'));
    rmSync(path.join(folder, 'cache'), { recursive: true });
    symlinkSync(outside, path.join(folder, 'cache'));
    expect(await id()).toBe('0x1');
    expect(readdirSync(outside)).toEqual([]);
    rmSync(outside, { recursive: true });
  });

  test('only its name is another one', () => {
    const { hardhat_metadata: metadata } = metadataOf('0x1');
    expect(metadata({ chainId: 31337, instanceId: '0x2' })).toEqual({
      ...{ chainId: 31337, instanceId: '0x1' },
    });
    expect(metadata(null)).toBeNull();
  });
});

describe('labels', () => {
  const labels = () =>
    Object.fromEntries(
      labelsOf(projectFiles(folder), recordFolders({ chainId: 31337, network: 'localhost' })),
    );

  test('are futures of Ignition and names of records, by address', () => {
    put('ignition/deployments/chain-31337/deployed_addresses.json', { 'Vaults#Rates': '0xAB' });
    put('ignition/deployments/chain-1/deployed_addresses.json', { 'Vaults#Rates': '0xCD' });
    put('deployments/localhost/Token.json', { address: '0xEF', abi: [] });
    put('deployments/localhost/.migrations.json', { address: '0x01' });
    put('deployments/localhost/solcInputs/a.json', { address: '0x02' });
    put('deployments/localhost/Half.json', '{"address": "0x');
    put('deployments/localhost/.chainId', '31337');
    expect(labels()).toEqual({ '0xab': 'Vaults#Rates', '0xef': 'Token' });
  });

  test('there are none where no tool has left any', () => {
    expect(labels()).toEqual({});
    put('ignition/deployments/chain-31337/deployed_addresses.json', '{');
    expect(labels()).toEqual({});
  });
});
