import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { normalize } from './normalize.ts';

const MODULE = 'ignition/modules/Vaults.js';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'drydock-normalize-'));
  put('hardhat.config.js', '');
  put('package.json', '{"devDependencies": {"hardhat": "^2.22.0"}}');
  put(MODULE, "module.exports = buildModule('Vaults', (m) => ({}));");
  put('scripts/deploy.js', '');
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

const of = (asked: unknown) => normalize(asked, folder, { trusted: true });
const code = (field?: string) => expect.objectContaining({ code: field });

test('a module, however its name is written', () => {
  for (const script of [
    MODULE,
    `./${MODULE}`,
    MODULE.replaceAll('/', '\\'),
    path.join(folder, MODULE),
  ]) {
    expect(of({ script })).toMatchObject({ script: MODULE, way: 'ignition', snapshot: true });
  }
  expect(of({ script: MODULE, params: 'A.x=1\n\n B.y=2 ' })).toMatchObject({
    params: ['A.x=1', 'B.y=2'],
  });
});

test('a script takes neither parameters nor tags', () => {
  const script = 'scripts/deploy.js';
  expect(of({ script })).toMatchObject({ script, way: 'script', params: [], tags: [] });
  expect(() => of({ script, params: ['A.x=1'] })).toThrow(code('BAD_ARGUMENT'));
  expect(() => of({ script, tags: ['token'] })).toThrow(code('BAD_ARGUMENT'));
});

test('what lies outside, or is not there, is not found', () => {
  expect(() => of({ script: '../other.js' })).toThrow(code('SCRIPT_NOT_FOUND'));
  expect(() => of({ script: 'scripts/gone.js' })).toThrow(code('SCRIPT_NOT_FOUND'));
});

test('the network in memory of Hardhat 2 can not be taken; that of Hardhat 3 is like others', () => {
  expect(() => of({ script: MODULE, network: 'hardhat' })).toThrow(code('BAD_ARGUMENT'));
  expect(of({ script: MODULE, network: 'sepolia' })).toMatchObject({ network: 'sepolia' });
  put('package.json', '{"devDependencies": {"hardhat": "^3.0.0"}}');
  expect(of({ script: MODULE, network: 'hardhat' })).toMatchObject({ network: 'hardhat' });
});
