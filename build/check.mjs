// Runs types, lint, unused code and architecture concurrently: `npm run check`.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { inProject, launch, root, say } from './lib/project.mjs';
import { ensureRuntime } from './lib/runtime.mjs';

const checks = [
  { name: 'types', tool: 'typescript', bin: 'tsc', args: ['--noEmit', '--pretty'] },
  {
    name: 'lint',
    tool: '@biomejs/biome',
    bin: 'biome',
    args: ['check', `--colors=${process.stderr.isTTY ? 'force' : 'off'}`],
  },
  { name: 'unused code', tool: 'knip', bin: 'knip', args: ['--no-progress'] },
  {
    name: 'architecture',
    tool: 'vitest',
    bin: 'vitest',
    args: ['run', 'test/architecture', '--reporter=dot'],
  },
];

/**
 * @param {import('./lib/runtime.mjs').Runtime} runtime
 * @param {typeof checks[number]} check
 * @returns {Promise<boolean>}
 */
function passes(runtime, { name, tool, bin, args }) {
  const folder = inProject('node_modules', tool);
  const script = join(
    folder,
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).bin[bin],
  );
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(runtime.node, [script, ...args], {
      cwd: root,
      env: {
        ...runtime.env,
        FORCE_COLOR: process.env.FORCE_COLOR ?? (process.stderr.isTTY ? '1' : '0'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    /** @type {Buffer[]} */
    const output = [];
    child.stdout.on('data', (piece) => output.push(piece));
    child.stderr.on('data', (piece) => output.push(piece));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0) process.stdout.write(Buffer.concat(output));
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      say(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
      resolve(code === 0);
    });
  });
}

await launch(async () => {
  const runtime = await ensureRuntime();
  await ensureInstalled(runtime);
  const results = await Promise.all(checks.map((check) => passes(runtime, check)));
  return results.every(Boolean) ? 0 : 1;
});
