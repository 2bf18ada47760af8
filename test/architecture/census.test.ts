import { expect, test } from 'vitest';
import { toolsNamed } from './census.ts';
import { sources } from './modules.ts';

/** Files that name a tool by right, and why. */
const exceptions = new Map<string, string>([
  ['src/main/doors/host/legacy/contract.ts', 'published names of the legacy REST API'],
  ['src/main/doors/host/legacy/needed-scopes.ts', 'published names of the legacy REST API'],
  ['src/main/doors/host/legacy/router.ts', 'published names of the legacy REST API'],
  ['src/main/features/chains/start/launch.ts', 'the configuration file that the chain reads'],
  ['src/main/features/chains/anvil.ts', 'the configuration file that the chain reads'],
  ['src/main/db/migrations.ts', 'migrations stay as they were released'],
  ['src/main/features/state-diff/assertions/solidity.ts', 'what runs the test that is written'],
  ['src/main/features/keys/keystore-files.ts', 'keystores lie where other tools look for theirs'],
  ['src/main/features/keys/other-keystores.ts', 'keystores lie where their tools keep them'],
  ['src/main/signer/several-secrets.ts', 'the form of a keystore is that of its tool'],
  ['src/main/kinds/all.ts', 'the list of kinds'],
  ['src/main/kinds/specs.ts', 'the list of what kinds need of a machine'],
  ['src/main/targets/specs.ts', 'the list of what targets need of a machine'],
  ['src/main/targets/chain/anvil.ts', 'anvil is released and installed with its kind'],
  ['src/main/families/contracts/code-facts.ts', "the compiler's key in the metadata of code"],
  ['src/main/families/contracts/code-store.ts', "the compiler's key in the metadata of code"],
  ['src/main/families/contracts/compilers.ts', "the compiler's key in the metadata of code"],
  ['src/main/families/contracts/contract.ts', "the compiler's key in the metadata of code"],
]);

test('what is outside of the kinds names no tool of theirs', () => {
  const found = [...sources()].filter(([file, source]) => toolsNamed(file, source).length > 0);
  const remaining = found
    .filter(([file]) => !exceptions.has(file))
    .map(([file, source]) => `${file} names ${toolsNamed(file, source).join(', ')}`);
  expect(remaining).toEqual([]);
});

test('the census is not blind', () => {
  const service = 'src/main/features/deployments/service.ts';
  expect(toolsNamed(service, '// forgets nothing\nconst word = "forged";')).toEqual([]);
  expect(toolsNamed(service, 'run("forge"); // as Hardhat, or solc\nstart(anvil)')).toEqual([
    'anvil',
    'forge',
    'hardhat',
    'solc',
  ]);
  expect(toolsNamed('src/main/targets/chain/reach.ts', 'anvil, not Foundry')).toEqual(['foundry']);
  expect(toolsNamed('src/main/kinds/foundry/kind.ts', 'forge')).toEqual([]);
  expect(toolsNamed('src/main/kinds/kind.ts', 'forge')).toEqual(['forge']);
});
