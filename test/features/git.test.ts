import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { commitsBetween } from '#main/features/history/git-log.ts';
import { gitState } from '#main/features/projects/git.ts';
import { git as hardenedGit } from '#main/lib/git/git.ts';
import { repositoryRoot } from '#main/lib/git/repository.ts';
import { openTestApp } from '#test/harness/app.ts';
import { openDoor } from '#test/harness/doors.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';

const run = promisify(execFile);

/** As its user calls it, with all that the folder's configuration asks for. */
async function git(folder: string, ...args: string[]): Promise<string> {
  const own = ['-c', 'user.name=Fixture', '-c', 'user.email=fixture@example.org'];
  const { stdout } = await run('git', [...own, '-c', 'protocol.file.allow=always', ...args], {
    cwd: folder,
  });
  return stdout.trim();
}

/** As a configuration file has it. */
const sections = (settings: Record<string, string>): string =>
  Object.entries(settings)
    .map(([key, value]) => {
      const [section, name] = [key.slice(0, key.indexOf('.')), key.slice(key.lastIndexOf('.') + 1)];
      const middle = key.slice(section.length + 1, -name.length - 1);
      return `[${section}${middle && ` "${middle}"`}]\n\t${name} = "${value}"\n`;
    })
    .join('');

const seen = (folder: string, root = repositoryRoot(folder) ?? null) =>
  gitState(folder, { root, trusted: true });

describe('the state of a folder', () => {
  test('that lies in a repository, also by way of a link', async () => {
    await using fixture = await copyFixture('broken', { git: true });
    await using elsewhere = await temporaryFolder();
    const state = await seen(fixture.folder);
    expect(state).toMatchObject({ branch: 'main', dirty: 0 });
    expect(state?.commit).toBe(await git(fixture.folder, 'rev-parse', 'HEAD'));
    const inner = path.join(fixture.folder, 'script');
    expect(await seen(inner)).toEqual(state);
    const link = path.join(elsewhere.path, 'link');
    await symlink(fixture.folder, link);
    expect(await seen(link)).toEqual(state);
  });

  test('in no repository, or that is not there, is none', async () => {
    await using folder = await temporaryFolder();
    expect(await seen(folder.path)).toBeNull();
    expect(await seen(path.join(folder.path, 'gone'))).toBeNull();
  });

  test('counts what changed below it, a renamed file once', async () => {
    await using fixture = await copyFixture('broken', { git: true });
    const { folder } = fixture;
    await git(folder, 'mv', 'foundry.toml', 'other.toml');
    await writeFile(path.join(folder, 'script', 'new\nline.txt'), '');
    expect((await seen(folder))?.dirty).toBe(2);
    expect((await seen(path.join(folder, 'script')))?.dirty).toBe(1);
    expect(
      await gitState(folder, { root: folder, trusted: false }),
      'of a folder that is not trusted',
    ).toMatchObject({ branch: 'main', dirty: null });
  });

  test('is read wherever git keeps it', async () => {
    await using fixture = await copyFixture('broken', { git: true });
    const { folder } = fixture;
    const commit = await git(folder, 'rev-parse', 'HEAD');
    const clean = { branch: 'main', commit, dirty: 0 };

    await git(folder, 'pack-refs', '--all');
    expect(await seen(folder), 'packed refs').toEqual(clean);
    await git(folder, 'update-index', '--split-index', '--index-version=4');
    expect(await seen(folder), 'split index').toEqual(clean);
    await git(folder, 'checkout', '--quiet', '--detach');
    expect(await seen(folder), 'detached').toEqual({ ...clean, branch: null });

    const tree = path.join(folder, '..', `${path.basename(folder)}-tree`);
    try {
      await git(folder, 'worktree', 'add', '--quiet', '-b', 'side/way', tree);
      expect(await seen(tree), 'linked worktree').toEqual({ ...clean, branch: 'side/way' });
      await writeFile(path.join(folder, '.gitattributes'), '*.toml text eol=crlf\n');
      await git(tree, 'config', 'core.autocrlf', 'true');
      expect((await seen(tree))?.dirty).toBe(0);
    } finally {
      await rm(tree, { recursive: true, force: true });
    }

    await using shallow = await temporaryFolder();
    await git(folder, 'commit', '--quiet', '--allow-empty', '--message=Next');
    await git(shallow.path, 'clone', '--quiet', '--depth=1', `file://${folder}`, 'copy');
    const copy = path.join(shallow.path, 'copy');
    expect(await seen(copy), 'shallow').toMatchObject({ dirty: 0 });
  });

  test('of a repository with hashes of 64 digits, before and after its first commit', async () => {
    await using folder = await temporaryFolder();
    await git(folder.path, 'init', '--quiet', '--object-format=sha256', '-b', 'trunk');
    await writeFile(path.join(folder.path, 'a'), 'a');
    expect(await seen(folder.path)).toEqual({ branch: 'trunk', commit: null, dirty: 1 });
    await git(folder.path, 'add', 'a');
    await git(folder.path, 'commit', '--quiet', '--message=a');
    const state = await seen(folder.path);
    expect(state).toMatchObject({ branch: 'trunk', dirty: 0 });
    expect(state?.commit).toMatch(/^[0-9a-f]{64}$/);
  });

  test('leaves nothing behind', async () => {
    await using fixture = await copyFixture('broken', { git: true });
    await using temporary = await temporaryFolder();
    vi.stubEnv('TMPDIR', temporary.path);
    try {
      expect(await seen(fixture.folder)).toMatchObject({ dirty: 0 });
      expect(await readdir(temporary.path)).toEqual([]);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

describe.skipIf(process.platform === 'win32')('a hostile folder', () => {
  let place: Awaited<ReturnType<typeof temporaryFolder>>;
  let root: string;
  let marker: string;
  /** A program that leaves a mark. */
  let program: string;

  beforeEach(async () => {
    place = await temporaryFolder();
    marker = path.join(place.path, 'ran');
    program = path.join(place.path, 'program');
    await writeFile(program, `#!/bin/sh\necho "$0 $*" >>"${marker}"\n`, { mode: 0o755 });
    root = path.join(place.path, 'project');
    await mkdir(root);
    await git(root, 'init', '--quiet', '-b', 'main');
    await writeFile(path.join(root, 'a.txt'), 'first');
    await git(root, 'add', '--all');
    await git(root, 'commit', '--quiet', '--message=First');
    await writeFile(path.join(root, 'a.txt'), 'second');
    await git(root, 'commit', '--quiet', '--all', '--message=Second');
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    await place[Symbol.asyncDispose]();
  });

  /** Everything that is asked of git for a project. */
  async function look(folder = root) {
    const repository = repositoryRoot(folder) ?? null;
    const [b, a] = (await git(root, 'rev-list', '--max-count=2', 'HEAD')).split('\n');
    return {
      state: await gitState(folder, { root: repository, trusted: true }),
      log: await commitsBetween({ path: folder, repository }, a ?? null, b ?? null),
    };
  }

  function expectUntouched(name: string) {
    expect(existsSync(marker), `${name} ran`).toBe(false);
  }

  /** Makes git look into the files, as a changed time does. */
  const touch = () => writeFile(path.join(root, 'a.txt'), 'third!');

  const gpg = (format: string) => ({ 'gpg.format': format, 'log.showSignature': 'true' });
  /** Every key of git 2.50 that names a program; with what else its program needs to be run. */
  const alone: Record<string, { attributes?: string; also?: Record<string, string> }> = {
    'core.fsmonitor': {},
    'core.pager': { also: { 'color.ui': 'always' } },
    'diff.mark.command': { attributes: '*.txt diff=mark' },
    'diff.mark.textconv': { attributes: '*.txt diff=mark' },
    'filter.mark.clean': { attributes: '*.txt filter=mark' },
    'filter.mark.process': { attributes: '*.txt filter=mark' },
    'filter.a=b.clean': { attributes: '*.txt filter=a=b' },
    'gpg.openpgp.program': { also: gpg('openpgp') },
    'gpg.ssh.program': { also: gpg('ssh') },
    'gpg.x509.program': { also: gpg('x509') },
    'merge.mark.driver': { attributes: '*.txt merge=mark' },
  };
  const together = [
    'alias.cat-file',
    'alias.log',
    'alias.status',
    'browser.mark.cmd',
    'core.alternateRefsCommand',
    'core.askPass',
    'core.editor',
    'core.gitProxy',
    'core.sshCommand',
    'credential.helper',
    'credential.https://example.org.helper',
    'diff.external',
    'difftool.mark.cmd',
    'filter.mark.smudge',
    'gpg.program',
    'gpg.ssh.defaultKeyCommand',
    'guitool.mark.cmd',
    'hook.mark.command',
    'imap.tunnel',
    'instaweb.httpd',
    'interactive.diffFilter',
    'man.mark.cmd',
    'mergetool.mark.cmd',
    'pack.packObjectsHook',
    'pager.log',
    'pager.status',
    'receive.procReceiveRefs',
    'remote.origin.receivepack',
    'remote.origin.uploadpack',
    'remote.origin.vcs',
    'sendemail.ccCmd',
    'sendemail.sendmailCmd',
    'sendemail.toCmd',
    'sequence.editor',
    'submodule.sub.update',
    'tar.mark.command',
    'trailer.mark.cmd',
    'trailer.mark.command',
    'uploadpack.packObjectsHook',
    'web.browser',
  ];

  test('runs none of the programs that its configuration names', async () => {
    const before = await look();
    expect(before.log.added).toHaveLength(1);
    const config = path.join(root, '.git', 'config');
    const original = await readFile(config, 'utf8');
    const also = { 'hook.mark.event': 'post-index-change' };
    for (const [key, needs] of [
      ...Object.entries(alone),
      [
        together.join(),
        { also: { ...Object.fromEntries(together.map((k) => [k, program])), ...also } },
      ],
    ] as const) {
      await writeFile(config, original);
      await appendFile(config, sections({ ...(alone[key] && { [key]: program }), ...needs.also }));
      for (const file of ['.git/info/attributes', '.gitattributes']) {
        await writeFile(path.join(root, file), `${needs.attributes ?? ''}\n`);
      }
      await touch();
      const { state, log } = await look();
      expectUntouched(key);
      expect(state, key).toEqual({ ...before.state, dirty: 2 });
      expect(log, key).toEqual(before.log);
    }
  });

  test('nor those of files that its configuration includes', async () => {
    await git(root, 'config', 'include.path', path.join(place.path, 'included'));
    await git(root, 'config', `includeIf.gitdir:${place.path}/.path`, 'included-if');
    const monitor = `[core]\n\tfsmonitor = ${program}\n`;
    await writeFile(path.join(place.path, 'included'), monitor);
    await writeFile(path.join(root, '.git', 'included-if'), monitor);
    await git(root, 'config', 'extensions.worktreeConfig', 'true');
    await writeFile(path.join(root, '.git', 'config.worktree'), monitor);
    await touch();
    expect((await look()).state?.dirty).toBe(1);
    expectUntouched('include.path');
  });

  test('nor its hooks', async () => {
    const hooks = path.join(root, '.git', 'hooks');
    await mkdir(hooks, { recursive: true });
    for (const name of ['post-index-change', 'fsmonitor-watchman', 'reference-transaction']) {
      await writeFile(path.join(hooks, name), `#!/bin/sh\necho ran >"${marker}"\n`, {
        mode: 0o755,
      });
    }
    await touch();
    expect((await look()).state?.dirty).toBe(1);
    expectUntouched('a hook');
  });

  test('nor what a signed commit is checked with', async () => {
    await git(root, 'config', 'gpg.program', program);
    await git(root, 'config', 'log.showSignature', 'true');
    const tree = await git(root, 'rev-parse', 'HEAD^{tree}');
    const commit = path.join(place.path, 'commit');
    const person = 'Fixture <fixture@example.org> 1700000000 +0000';
    const signature = '-----BEGIN PGP SIGNATURE-----\n \n AAAA\n -----END PGP SIGNATURE-----';
    await writeFile(
      commit,
      `tree ${tree}\nparent ${await git(root, 'rev-parse', 'HEAD')}\nauthor ${person}\ncommitter ${person}\ngpgsig ${signature}\n\nSigned\n`,
    );
    const signed = await git(root, 'hash-object', '-t', 'commit', '-w', commit);
    await git(root, 'update-ref', 'HEAD', signed);
    expect((await look()).log.added).toEqual([{ commit: signed, subject: 'Signed' }]);
    expectUntouched('gpg.program');
    await git(root, 'log', '--max-count=1');
    expect(existsSync(marker), 'git itself runs it').toBe(true);
  });

  test('that holds a repository of its own in a folder, as a clone brings it along', async () => {
    const embedded = path.join(root, 'packages', 'x');
    await mkdir(path.join(embedded, 'objects'), { recursive: true });
    await mkdir(path.join(embedded, 'refs'));
    await writeFile(path.join(embedded, 'HEAD'), 'ref: refs/heads/main\n');
    await writeFile(
      path.join(embedded, 'config'),
      `[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = ${program}\n`,
    );
    await writeFile(path.join(embedded, 'foundry.toml'), '');
    for (const file of ['objects/keep', 'refs/keep'])
      await writeFile(path.join(embedded, file), '');
    await git(root, 'add', '--all');
    await git(root, 'commit', '--quiet', '--message=Third');
    const clone = path.join(place.path, 'clone');
    await git(place.path, 'clone', '--quiet', root, clone);
    const folder = path.join(clone, 'packages', 'x');
    await writeFile(path.join(folder, 'foundry.toml'), 'changed');
    expect((await look(folder)).state).toMatchObject({ branch: 'main', dirty: 1 });
    expectUntouched('core.fsmonitor of the embedded repository');
    await git(folder, 'status');
    expect(existsSync(marker), 'git itself runs it').toBe(true);
  });

  test('that lacks objects fetches none', async () => {
    await git(root, 'config', 'uploadpack.allowFilter', 'true');
    await git(place.path, 'clone', '--quiet', '--filter=blob:none', `file://${root}`, 'partial');
    const partial = path.join(place.path, 'partial');
    await git(partial, 'config', 'remote.origin.uploadpack', program);
    await git(partial, 'config', 'protocol.file.allow', 'always');
    await git(partial, 'rm', '--quiet', '--cached', 'a.txt');
    await git(partial, 'read-tree', 'HEAD~1');
    await look(partial);
    expectUntouched('remote.origin.uploadpack');
    const objects = path.join(partial, '.git', 'objects');
    const commit = await git(partial, 'rev-parse', 'HEAD');
    await rm(path.join(objects, 'pack'), { recursive: true });
    await rm(path.join(objects, commit.slice(0, 2)), { recursive: true, force: true });
    expect((await look(partial)).state).toMatchObject({ commit, dirty: null });
    expectUntouched('remote.origin.uploadpack');
  });

  test('that has submodules with configurations of their own', async () => {
    const library = path.join(place.path, 'library');
    await git(place.path, 'clone', '--quiet', root, library);
    await git(root, 'submodule', '--quiet', 'add', library, 'lib/x');
    await git(root, 'commit', '--quiet', '--message=Submodule');
    const inner = path.join(root, 'lib', 'x');
    await git(inner, 'config', 'core.fsmonitor', program);
    await git(inner, 'config', 'filter.mark.clean', program);
    await writeFile(path.join(root, '.git/modules/lib/x/info/attributes'), '* filter=mark\n');
    await writeFile(path.join(inner, 'a.txt'), 'changed');
    expect((await look()).state?.dirty).toBe(0);
    expectUntouched('a program of a submodule');
    expect((await look(inner)).state).toMatchObject({ dirty: 1 });
    expectUntouched('a program of the submodule itself');
    await git(root, 'status');
    expect(existsSync(marker), 'git itself runs it').toBe(true);
  });

  test('is what is looked at, whatever the environment says', async () => {
    const other = path.join(place.path, 'other');
    await git(place.path, 'init', '--quiet', '-b', 'other', other);
    await git(other, 'config', 'core.fsmonitor', program);
    const { state } = await look();
    vi.stubEnv('GIT_DIR', path.join(other, '.git'));
    vi.stubEnv('GIT_WORK_TREE', other);
    vi.stubEnv('GIT_EXTERNAL_DIFF', program);
    vi.stubEnv('GIT_CONFIG_PARAMETERS', `'core.fsmonitor=${program}'`);
    await using nowhere = await temporaryFolder();
    expect(await gitState(root, { root, trusted: true })).toEqual(state);
    expect(repositoryRoot(nowhere.path)).toBeUndefined();
    expectUntouched('a program of the environment');
  });

  test('with named pipes and devices for files holds nothing up', async () => {
    const dotGit = path.join(root, '.git');
    const commit = await git(root, 'rev-parse', 'HEAD');
    const head = { branch: 'main', commit };
    for (const file of ['info/exclude', 'config.worktree', 'shallow']) {
      await rm(path.join(dotGit, file), { force: true });
      await run('mkfifo', [path.join(dotGit, file)]);
      expect(await gitState(root, { root, trusted: true }), file).toEqual({ ...head, dirty: 0 });
      await rm(path.join(dotGit, file));
    }
    for (const file of ['objects/info/alternates', 'config']) {
      await rm(path.join(dotGit, file), { force: true });
      await symlink('/dev/zero', path.join(dotGit, file));
      expect(await gitState(root, { root, trusted: true }), file).toMatchObject(head);
    }
    for (const file of ['refs/heads/main', 'HEAD']) {
      await rm(path.join(dotGit, file));
      await run('mkfifo', [path.join(dotGit, file)]);
      const expected = file === 'HEAD' ? null : { ...head, commit: null };
      expect(await gitState(root, { root, trusted: false }), file).toEqual(
        expected && { ...expected, dirty: null },
      );
      await rm(path.join(dotGit, file));
      await symlink('/dev/zero', path.join(dotGit, file));
      expect(await gitState(root, { root, trusted: false }), file).toEqual(
        expected && { ...expected, dirty: null },
      );
    }
  });

  test('is followed to no .git that was made after it was added, but by its user', async () => {
    const folder = path.join(root, 'packages', 'x');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'foundry.toml'), '');
    await using core = await openTestApp();
    const { client } = await openDoor('in-process', core.app);
    const { id: project } = await client.projects.add({ path: folder });
    await client.projects.trust({ project });
    const before = await client.projects.git({ project });
    expect(before).toMatchObject({ branch: 'main', dirty: 1 });

    await git(folder, 'init', '--quiet', '-b', 'planted');
    await git(folder, 'config', 'core.fsmonitor', program);
    expect(await client.projects.git({ project })).toMatchObject({
      branch: 'main',
      commit: before?.commit,
    });
    expectUntouched('core.fsmonitor');
    await client.projects.add({ path: folder });
    expect(await client.projects.git({ project })).toMatchObject({ branch: 'planted' });
    expectUntouched('core.fsmonitor');
  });

  test('has no say in which git is run', async () => {
    await writeFile(path.join(root, 'git'), `#!/bin/sh\necho ran >"${marker}"\n`, { mode: 0o755 });
    vi.stubEnv('PATH', `.${path.delimiter}${process.env.PATH}`);
    expect(await hardenedGit(['--version'], { cwd: root })).toMatch(/^git version/);
    expectUntouched('git of the folder');
  });
});

describe('a call of git', () => {
  test('ends at its limits of time and output, with its children', async () => {
    const cwd = os.tmpdir();
    const config = [['alias.wait', '!sleep 600']] as const;
    await expect(hardenedGit(['wait'], { cwd, config, timeoutMs: 50 })).rejects.toThrow(
      /took over/,
    );
    const endless = [['alias.endless', '!yes']] as const;
    await expect(
      hardenedGit(['endless'], { cwd, config: endless, maxOutput: 1000 }),
    ).rejects.toThrow(/wrote over/);
    const signal = AbortSignal.timeout(50);
    await expect(hardenedGit(['wait'], { cwd, config, signal })).rejects.toThrow(/cancelled/);
  });
});
