import { expect, test } from 'vitest';
import type { EngineName, Workspace } from '../../engines/engine.ts';
import { nothingKept } from '../compile-cache.ts';
import type { FoundryConfig } from './config.ts';
import { keptCompiles } from './kept-compiles.ts';

/** The group in which a compile in this folder is looked for. */
async function groupOf(folder: string, engine: EngineName): Promise<string> {
  let group = '';
  const compiles = keptCompiles(
    {
      ...nothingKept,
      find(asked) {
        group = asked;
        return [];
      },
    },
    () => undefined,
  );
  const workspace = { engine, toolIdentity: async () => 'the same' } as unknown as Workspace;
  const config = { fingerprint: 'the same' } as FoundryConfig;
  await compiles.find({ folder, config, file: 'script/Deploy.s.sol', workspace });
  return group;
}

test('what one project has compiled in a container is put back for no other one', async () => {
  expect(await groupOf('/a', 'docker')).not.toBe(await groupOf('/b', 'docker'));
  expect(await groupOf('/a', 'docker')).toBe(await groupOf('/a', 'docker'));
  expect(await groupOf('/a', 'process')).toBe(await groupOf('/b', 'process'));
});
