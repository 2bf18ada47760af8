import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { run } from './child.mjs';
import { compress } from './compress.mjs';
import { exclusively } from './lock.mjs';
import { inProject, root, SetupError, say } from './project.mjs';

const out = inProject('out');
const stamp = join(out, '.built');
const sources = [
  'src',
  'docs/guide',
  'build/lib/docs',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

/**
 * Changes whenever a source file is added, removed or written: a hash of paths, sizes and times.
 */
function fingerprint() {
  let count = 0;
  let bytes = 0;
  let newest = 0;
  const visit = (/** @type {string} */ path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) return;
    newest = Math.max(newest, stat.mtimeMs);
    if (stat.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name));
    else {
      count += 1;
      bytes += stat.size;
    }
  };
  for (const source of sources) visit(inProject(source));
  return `${count} files, ${bytes} bytes, ${newest}`;
}

function isBuilt() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint();
}

/** @param {string} from @param {string} to */
function move(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    // node_modules may be a separate mount.
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
    cpSync(from, to, { recursive: true });
    rmSync(from, { recursive: true, force: true });
  }
}

/**
 * Builds in another folder and swaps the result in, so that a running Drydock never sees half a
 * build.
 * @param {import('./runtime.mjs').Runtime} runtime
 * @param {{ quiet?: boolean }} options
 */
async function bundle(runtime, { quiet = false }) {
  const before = fingerprint();
  const next = inProject('node_modules', '.cache', 'drydock', 'out');
  rmSync(next, { recursive: true, force: true });
  const electronVite = inProject('node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const args = [electronVite, 'build', '--outDir', next, ...(quiet ? ['--logLevel', 'warn'] : [])];
  const code = await run(runtime.node, args, {
    cwd: root,
    env: { ...runtime.env, NODE_ENV: 'production' },
    stdio: ['ignore', 2, 2],
  });
  if (code !== 0) throw new SetupError(`The build failed (exit ${code}); the lines above say why.`);
  // Loaded here: its packages may not be installed yet when this file is.
  const { buildDocs } = await import('./docs/build-docs.mjs');
  buildDocs(runtime, next);
  compress(join(next, 'renderer'));
  writeFileSync(join(next, '.built'), before);
  const old = `${next}-before`;
  rmSync(old, { recursive: true, force: true });
  if (existsSync(out)) move(out, old);
  move(next, out);
  rmSync(old, { recursive: true, force: true });
}

/** @param {import('./runtime.mjs').Runtime} runtime */
export const build = (runtime) => exclusively(() => bundle(runtime, {}));

/**
 * Builds when out/ is missing or older than the sources.
 * @param {import('./runtime.mjs').Runtime} runtime
 */
export async function ensureBuilt(runtime) {
  if (isBuilt()) return;
  await exclusively(async () => {
    if (isBuilt()) return;
    say('Building Drydock.');
    await bundle(runtime, { quiet: true });
  });
}
