import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Daemon } from '#main/engines/docker/daemon.ts';
import { hasImage } from '#main/engines/docker/images.ts';
import { resource } from '#main/lib/app-root.ts';
import { installed } from './docker-daemon.ts';

const run = promisify(execFile);

const NPM_VERSION = '11.19.1';

/** Makes the base image of the Dockerfiles available: from its registry, or made here. */
export async function ensureBase(daemon: Daemon): Promise<void> {
  const tag = await baseImage();
  if ((await hasImage(daemon, tag)) || (await isRegistryNear())) return;
  await importImage(daemon, await localBase(), tag);
}

/** Its name: a Debian with Node. */
export async function baseImage(): Promise<string> {
  const dockerfile = await readFile(resource('docker', 'foundry.Dockerfile'), 'utf8');
  const tag = /^ARG BASE_IMAGE=(\S+)/m.exec(dockerfile)?.[1];
  if (!tag) throw new Error('foundry.Dockerfile names no base image');
  return tag;
}

/** Whether the registry of base images responds. */
function isRegistryNear(): Promise<boolean> {
  return new Promise((resolve) => {
    const request = https
      .get('https://registry-1.docker.io/v2/', { timeout: 5000 }, (response) => {
        response.destroy();
        // Its first response asks for credentials.
        resolve(response.statusCode === 401 || response.statusCode === 200);
      })
      .on('timeout', () => request.destroy(new Error('timeout')))
      .on('error', () => resolve(false));
  });
}

/** A small Debian with Node and npm, as a tar file; kept between runs. */
async function localBase(): Promise<string> {
  const cache = path.join(
    process.env.XDG_CACHE_HOME ?? `${os.userInfo().homedir}/.cache`,
    'drydock-test',
  );
  const file = path.join(cache, `base-node-${process.versions.node}-npm-${NPM_VERSION}.tar`);
  if (existsSync(file)) return file;
  await installed({ file: '/usr/sbin/debootstrap', packaged: 'debootstrap' });
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(path.join(os.tmpdir(), 'drydock-base-'));
  try {
    const root = path.join(work, 'root');
    await run('debootstrap', ['--variant=minbase', 'bookworm', root], { maxBuffer: 2 ** 26 });
    await putNode(root, work);
    await Promise.all(
      ['var/cache/apt', 'var/lib/apt/lists'].map((name) =>
        rm(path.join(root, name), { recursive: true, force: true }),
      ),
    );
    const part = `${file}.${process.pid}`;
    await run('tar', ['-C', root, '-cf', part, '.']);
    await rename(part, file);
    return file;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The path in the official image of Node. */
async function putNode(root: string, work: string): Promise<void> {
  const local = path.join(root, 'usr', 'local');
  const npm = path.join(local, 'lib', 'node_modules', 'npm');
  await mkdir(npm, { recursive: true });
  await copyFile(process.execPath, path.join(local, 'bin', 'node'));
  await chmod(path.join(local, 'bin', 'node'), 0o755);
  const { stdout } = await run('npm', ['pack', '--silent', `npm@${NPM_VERSION}`], { cwd: work });
  await run('tar', ['-xzf', path.join(work, stdout.trim()), '-C', npm, '--strip-components=1']);
  for (const name of ['npm', 'npx']) {
    await chmod(path.join(npm, 'bin', `${name}-cli.js`), 0o755);
    await symlink(`../lib/node_modules/npm/bin/${name}-cli.js`, path.join(local, 'bin', name));
  }
}

async function importImage({ docker }: Daemon, file: string, tag: string): Promise<void> {
  const [repo, version] = tag.split(':');
  const tar = spawn('cat', [file], { stdio: ['ignore', 'pipe', 'inherit'] });
  // Its types only know the form without options.
  const importing = docker.importImage as unknown as (
    file: NodeJS.ReadableStream,
    options: object,
  ) => Promise<NodeJS.ReadableStream>;
  const stream = await importing.call(docker, tar.stdout, {
    repo,
    tag: version,
    changes: 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  });
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(stream, (error) => (error ? reject(error) : resolve()));
  });
}
