import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompilerStorageLayout } from '#main/eth/artifact.ts';
import { readLayout } from '#main/eth/artifact-schemas.ts';
import { type ArtifactsBench, openArtifacts } from '#test/harness/artifacts.ts';
import { type InsideProject, insideProject } from '#test/harness/inside-project.ts';

let project: InsideProject;
let artifacts: ArtifactsBench;
let stored: number;
let isTrusted = false;

beforeAll(async () => {
  project = await insideProject('src/Stored.sol');
  artifacts = await openArtifacts({ isTrusted: () => isTrusted });
  const id = artifacts.add('stored', project.path, 'foundry');
  await artifacts.service.fresh(id);
  stored = artifacts.service.byName(id, 'Stored')[0] ?? 0;
});
afterAll(async () => {
  await artifacts?.[Symbol.asyncDispose]();
  await project?.[Symbol.asyncDispose]();
});

test('no compiler runs for a project that is not trusted', async () => {
  expect(await artifacts.service.layoutOf(stored)).toEqual({
    layout: null,
    problem: expect.stringMatching(/not trusted.*extra_output = \["storageLayout"\]/),
  });
});

test('a layout that the build has not kept is told by the compiler, once', async () => {
  isTrusted = true;
  const first = artifacts.another();
  const told = readLayout(project.contracts.get('Stored')?.storageLayout) as CompilerStorageLayout;
  expect(told.storage.length).toBeGreaterThan(10);
  // Compilers leave out what members enums have; its source says it.
  const types = Object.entries(told.types).map(([id, type]) => [
    id,
    type.label === 'enum Stored.Mode' ? { ...type, enumMembers: ['Off', 'On'] } : type,
  ]);
  const expected = { ...told, types: Object.fromEntries(types) };
  expect(await first.layoutOf(stored)).toEqual({ layout: expected, problem: null });
  await first.close();
  // What was told is kept, and asked for no more.
  isTrusted = false;
  const later = artifacts.another();
  expect(await later.layoutOf(stored)).toEqual({ layout: expected, problem: null });
  await later.close();
});

test('sources that have changed since are not taken for those that were compiled', async () => {
  isTrusted = true;
  await using other = await insideProject('src/Token.sol');
  const id = artifacts.add('changed', other.path, 'foundry');
  await rm(path.join(other.path, 'out/build-info'), { recursive: true });
  await writeFile(path.join(other.path, 'src/Token.sol'), '// Another one.');
  await artifacts.service.fresh(id);
  const [token = 0] = artifacts.service.byName(id, 'Token');
  const { problem } = await artifacts.service.layoutOf(token);
  expect(problem).toContain('src/Token.sol has changed since');
});
