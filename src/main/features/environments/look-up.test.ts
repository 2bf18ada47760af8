import { execFileSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { lookUp } from './look-up.ts';

const SECRET = 'hk-93xPbV2-of-the-harbour';

/** A folder, with programs in it that are found before all others. */
async function withPrograms(programs: Record<string, string> = {}): Promise<string> {
  const folder = await temporaryFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const bin = path.join(folder.path, 'bin');
  await mkdir(bin);
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(path.join(bin, name), `#!/bin/sh\n${script}\n`);
    await chmod(path.join(bin, name), 0o755);
  }
  vi.stubEnv('PATH', Object.keys(programs).length > 0 ? `${bin}:/usr/bin:/bin` : bin);
  onTestFinished(() => void vi.unstubAllEnvs());
  return folder.path;
}

const look = (reference: string, folder: string, more = {}) =>
  lookUp('API_KEY', reference, { folder, platform: 'linux', ...more });

const failing = (why: string) => ({
  code: 'REFERENCE_FAILED',
  message: expect.stringMatching(new RegExp(`^API_KEY could not be looked up as .*${why}`, 's')),
});

test.skipIf(process.platform === 'win32')(
  'programs are asked for what the reference names',
  async () => {
    const folder = await withPrograms({
      op: `[ "$1 $2 $3" = "read --no-newline op://Harbour/yard/key" ] && printf '${SECRET}'`,
      'secret-tool': `[ "$*" = "lookup service yard account ada" ] && echo '${SECRET}'`,
    });
    expect(await look('op://Harbour/yard/key', folder)).toBe(SECRET);
    expect(await look('keychain:yard/ada', folder)).toBe(SECRET);
    await expect(look('keychain:other', folder)).rejects.toMatchObject(failing('no such entry'));
    await expect(look('keychain:yard', folder, { platform: 'win32' })).rejects.toMatchObject(
      failing('Windows'),
    );
  },
);

test.skipIf(process.platform === 'win32')(
  'what a program says of a failure is passed on',
  async () => {
    const folder = await withPrograms({ op: 'echo "vault is locked" >&2; exit 1' });
    await expect(look('op://a/b/c', folder)).rejects.toMatchObject(
      failing('op says: vault is locked'),
    );
  },
);

test('a program that is not there is named with where it comes from', async () => {
  const folder = await withPrograms();
  await expect(look('op://a/b/c', folder)).rejects.toMatchObject(failing('1Password'));
  await expect(look('keychain:yard', folder)).rejects.toMatchObject(failing('secret-tool'));
});

test.skipIf(process.platform === 'win32')('one that waits is ended with the run', async () => {
  const folder = await withPrograms({ op: `: > "$0.began"; exec sleep 600` });
  const stop = new AbortController();
  const looking = look('op://a/b/c', folder, { signal: stop.signal });
  looking.catch(() => undefined);
  const began = path.join(folder, 'bin/op.began');
  await vi.waitFor(() => expect(execFileSync('/bin/ls', [began]).toString()).toContain('began'));
  stop.abort(new Error('the run is over'));
  await expect(looking).rejects.toThrow('the run is over');
});

test('the environment of Drydock is read by name', async () => {
  const env = { KEY: SECRET };
  expect(await look('env:KEY', '/', { env })).toBe(SECRET);
  await expect(look('env:NONE', '/', { env })).rejects.toMatchObject(failing('started in'));
});

test('only regular files of bounded size are read', async () => {
  const folder = await withPrograms();
  await writeFile(path.join(folder, 'key'), `${SECRET}\n`);
  await writeFile(path.join(folder, 'large'), 'x'.repeat(200_000));
  await writeFile(path.join(folder, 'zeros'), '\0');
  expect(await look('file:key', folder)).toBe(SECRET);
  expect(await look(`file:${path.join(folder, 'key')}`, '/')).toBe(SECRET);
  await expect(look('file:none', folder)).rejects.toMatchObject(failing('does not exist'));
  await expect(look('file:bin', folder)).rejects.toMatchObject(failing('a folder'));
  await expect(look('file:large', folder)).rejects.toMatchObject(failing('larger than'));
  await expect(look('file:zeros', folder)).rejects.toMatchObject(failing('too long'));
  if (process.platform === 'win32') return;
  execFileSync('/usr/bin/mkfifo', [path.join(folder, 'pipe')]);
  await expect(look('file:pipe', folder)).rejects.toMatchObject(failing('a named pipe'));
});
