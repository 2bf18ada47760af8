import { mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { askedVersions } from './asked-version.ts';

async function folderWith(files: Record<string, string>): Promise<string> {
  const made = await temporaryFolder();
  onTestFinished(() => made[Symbol.asyncDispose]());
  const folder = await realpath(made.path);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  return folder;
}

async function askedWith(files: Record<string, string>) {
  const [found] = askedVersions(await folderWith(files));
  return { asked: found?.asked, ignored: found?.ignored };
}

const from = (source: string, version = '1.5.1') => ({ asked: { version, source }, ignored: [] });

test.each<[string, string]>([
  ['.tool-versions', '# tools\nnodejs 24.0.0\nfoundry\t v1.5.1 1.4.0 # CI\n'],
  ['mise.toml', '[tools]\nnode = "24"\nfoundry = "1.5.1"\n'],
  ['.mise.toml', '[tools]\n"aqua:foundry-rs/foundry" = ["v1.5.1", "1.4.0"]\n'],
  ['mise.toml', '[tools.foundry]\nversion = "1.5.1"\nos = ["linux"]\n'],
])('%s: %j', async (name, text) => {
  expect(await askedWith({ [name]: text })).toEqual(from(name));
});

test('the version before a release is one, too', async () => {
  expect(await askedWith({ '.tool-versions': 'foundry 1.6.0-rc1' })).toEqual(
    from('.tool-versions', '1.6.0-rc1'),
  );
});

test('the nearest file counts, up to the root of the repository; in a folder that of mise', async () => {
  const folder = await folderWith({
    'mise.toml': '[tools]\nfoundry = "1.3.0"\n',
    'repository/.git/HEAD': 'ref: refs/heads/main\n',
    'repository/.tool-versions': 'foundry 1.4.0\n',
    'repository/mise.toml': '[tools]\nfoundry = "1.5.1"\n',
    'repository/contracts/foundry.toml': '',
    'other/foundry.toml': '',
  });
  const asked = (name: string) => askedVersions(path.join(folder, name))[0]?.asked;
  expect(asked('repository/contracts')).toEqual({ version: '1.5.1', source: '../mise.toml' });
  expect(asked('other')).toBeNull();
});

test.each<[string, string, string | null]>([
  ['.tool-versions', 'foundry nightly', 'nightly'],
  ['.tool-versions', 'foundry 1.5', '1.5'],
  ['.tool-versions', `foundry ${'1'.repeat(5000)}`, '1'.repeat(50)],
  ['mise.toml', '[tools]\nfoundry = "latest"', 'latest'],
  ['mise.toml', '[tools]\nfoundry = 1', '1'],
  ['mise.toml', 'tools = [', null],
  ['mise.toml', '[tools]\nnode = "1.5.1"', null],
  ['.tool-versions', 'foundry', null],
  ['.tool-versions', 'starknet-foundry 1.5.1', null],
])('no exact version in %s: %j', async (name, text, said) => {
  const { asked, ignored } = await askedWith({ [name]: text });
  expect(asked).toBeNull();
  expect(ignored).toEqual(said === null ? [] : [expect.stringContaining(`"${said}"`)]);
});

test('what leads out of the project is not read, and a folder that is gone asks for nothing', async () => {
  const outside = await folderWith({ versions: 'foundry 1.5.1' });
  const folder = await folderWith({});
  await symlink(path.join(outside, 'versions'), path.join(folder, '.tool-versions'));
  expect(askedVersions(folder)[0]?.asked).toBeNull();
  expect(askedVersions(path.join(folder, 'gone'))[0]?.asked).toBeNull();
});
