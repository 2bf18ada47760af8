import { realpathSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readContext } from '#main/engines/docker/build-context.ts';
import { gitMounts } from '#main/engines/docker/git-mounts.ts';
import { askedVersions } from '#main/kinds/foundry/asked-version.ts';
import { readConfig, readDotenv, remappingsIn } from '#main/kinds/foundry/config.ts';
import { missingSubmodules } from '#main/kinds/foundry/missing-submodules.ts';
import { wantedNode } from '#main/kinds/hardhat/node-version.ts';
import { packageFolders } from '#main/kinds/hardhat/package-folders.ts';
import { environmentOf } from '#main/lib/environment.ts';
import { type ProjectFiles, projectFiles } from '#main/lib/project-files.ts';
import { writtenFolder } from '#test/harness/written-folder.ts';

interface Reader {
  /** Written with LF, and as an editor of Windows writes them. */
  files: Record<string, string>;
  read: (files: ProjectFiles, folder: string) => unknown;
}

const readers: Record<string, Reader> = {
  '.tool-versions': {
    files: { '.tool-versions': 'nodejs 22.1.0\nfoundry 1.3.0 # pinned\n' },
    read: (_, folder) => askedVersions(folder),
  },
  'mise.toml': {
    files: { 'mise.toml': '[tools]\n# Pinned.\nfoundry = "1.3.0"\n' },
    read: (_, folder) => askedVersions(folder),
  },
  'foundry.toml and remappings.txt': {
    files: {
      'foundry.toml': '[profile.default]\nsrc = "contracts"\nlibs = ["lib", "my libs"]\n',
      'remappings.txt': '@dock/=lib/dock/src/\n\nпапка/=lib/папка/\n',
      '.env': 'FOUNDRY_OUT=artifacts\n',
    },
    // The fingerprint is that of the file itself.
    read: (files) => ({ ...readConfig(files, {}), fingerprint: null }),
  },
  'remappings.txt of a library': {
    files: { 'lib/dock/remappings.txt': 'a/=b/\nc/=d/\n' },
    read: (files) => remappingsIn(files, 'lib/dock'),
  },
  '.env': {
    files: { '.env': '# Of this project\nNAME=value\nQUOTED="two words"\nEMPTY=\nLAST=end' },
    read: (files) => readDotenv(files),
  },
  '.gitmodules': {
    files: {
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.gitmodules': '[submodule "dock"]\n\tpath = lib/dock\n\turl = https://example.org/dock\n',
    },
    read: (files, folder) => missingSubmodules(files, folder, [], []),
  },
  '.gitmodules of a container': {
    files: {
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.gitmodules':
        '[submodule "dock"]\n\tpath = lib/the dock\n\turl = https://example.org/dock\n',
      'lib/the dock/.git': 'gitdir: ../../.git/modules/dock\n',
    },
    read: (_, folder) => gitMounts(folder),
  },
  'pnpm-workspace.yaml': {
    files: {
      'pnpm-workspace.yaml': 'packages:\n  # Ours.\n  - "packages/*"\n  - apps/web\n',
      'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
      'package.json': '{ "name": "root" }\n',
      'packages/a/package.json': '{}\n',
      'packages/б/package.json': '{}\n',
      'apps/web/package.json': '{}\n',
    },
    read: (files) => packageFolders(files),
  },
  '.nvmrc': { files: { '.nvmrc': 'v22.11.0\n' }, read: (files) => wantedNode(files) },
  '.dockerignore': {
    files: {
      '.dockerignore': '# Secrets.\n*.pem\nnode_modules\n!public.pem\n',
      'key.pem': 'secret',
      'public.pem': 'public',
      'node_modules/a.js': 'a',
      'index.js': 'serve()',
    },
    read: async (_, folder) => (await readContext(folder, { usuallyIgnored: [] })).digest,
  },
};

async function readWith(end: string, { files, read }: Reader): Promise<string> {
  const written = Object.entries(files).map(([name, text]) => [
    name,
    // What is no list stays as it is.
    /\.(pem|js)$/.test(name) ? text : text.replaceAll('\n', end),
  ]);
  await using folder = await writtenFolder(Object.fromEntries(written));
  const root = realpathSync(folder.path);
  const found = (await read(projectFiles(root), root)) ?? null;
  return JSON.stringify(found, null, 1).replaceAll(root, '<folder>');
}

test.each(Object.entries(readers))(
  '%s says the same with the line ends of Windows',
  async (_, reader) => {
    const expected = await readWith('\n', reader);
    expect(expected).not.toMatch(/^(null|\[\]|\{\})$/);
    expect(expected).not.toContain('\\r');
    expect(await readWith('\r\n', reader)).toBe(expected);
  },
);

test('variables that were pasted say the same with the line ends of Windows', () => {
  const text = 'NAME=value\n\nTOKEN\n';
  expect(environmentOf(text.replaceAll('\n', '\r\n'))).toEqual(environmentOf(text));
});
