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

test('a build profile is of Hardhat 3 alone, and one that there is', () => {
  expect(() => of({ script: MODULE, profile: 'production' })).toThrow(
    'Hardhat 2 has no build profiles',
  );
  put('package.json', '{"devDependencies": {"hardhat": "^3.0.0"}}');
  put('hardhat.config.js', 'export default { solidity: "0.8.30" };');
  expect(of({ script: MODULE, profile: 'production' })).toMatchObject({ profile: 'production' });
  expect(() => of({ script: MODULE, profile: 'fast' })).toThrow(
    'no build profile fast. There are: default, production.',
  );
});

test('options are those of the version, and of the task that deploys', () => {
  const script = 'scripts/deploy.js';
  const options = (asked: string[], entry = script) =>
    of({ script: entry, options: asked }).options;
  expect(options(['--no-compile', '--max-memory=4096'])).toEqual([
    ...['--no-compile', '--max-memory=4096'],
  ]);
  expect(options(['--strategy=create2', '--reset'], MODULE)).toEqual([
    ...['--strategy=create2', '--reset'],
  ]);
  expect(options([])).toBeUndefined();
  for (const [wrong, reason] of [
    ['--strategy=create2', 'Drydock knows no option --strategy of npx hardhat run.'],
    ['--verbosity=3', 'no option --verbosity'],
    ['--network=main', "--network can't be passed on."],
    ['--deployment-id=x', 'follows the chain'],
    ['--max-memory=much', 'Give a whole number'],
  ] as const) {
    expect(() => options([wrong])).toThrow(reason);
  }
});
