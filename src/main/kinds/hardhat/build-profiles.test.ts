import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { projectFiles } from '../../lib/project-files.ts';
import { buildProfiles } from './build-profiles.ts';

const always = ['default', 'production'];

test.each([
  ['solidity: "0.8.30"', always, false],
  ['solidity: { version: "0.8.30", settings: {} }', always, false],
  [
    `solidity: { profiles: {
      default: { version: "0.8.30" },
      'size-first': { compilers: [{ version: "0.8.30", settings: { optimizer: { runs: 1 } } }] },
      // old: {},
      fast: { version: "0.8.30" },
    } }`,
    [...always, 'size-first', 'fast'],
    false,
  ],
  ['solidity: { profiles: { ...shared, ci: {} } }', [...always, 'ci'], true],
  ['solidity: { profiles }', always, true],
  ['solidity: compiler', always, true],
  ['plugins: []', always, true],
])('of %s', async (inside, names, mayBeMore) => {
  await using folder = await temporaryFolder();
  const text = `import x from 'y';\nexport default { ${inside} };\n`;
  await writeFile(path.join(folder.path, 'hardhat.config.ts'), text);
  expect(buildProfiles(projectFiles(folder.path))).toEqual({ names, mayBeMore });
});
