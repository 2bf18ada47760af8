import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { run } from './child.mjs';

/**
 * npm's own script, so that the Node that runs it can be chosen: npm installs packages for the Node
 * it runs on.
 * @returns {string | null}
 */
function npmScript() {
  const here = dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath,
    join(here, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(here, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    '/usr/share/nodejs/npm/bin/npm-cli.js',
  ];
  return (
    candidates.find((file) => file && basename(file) === 'npm-cli.js' && existsSync(file)) ?? null
  );
}

/**
 * Runs npm with its output on stderr.
 * @param {string} node
 * @param {string[]} args
 * @param {{ cwd: string; env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>}
 */
export function npm(node, args, { cwd, env = process.env }) {
  const script = npmScript();
  const stdio = /** @type {import('node:child_process').StdioOptions} */ (['ignore', 2, 2]);
  if (script) return run(node, [script, ...args], { cwd, env, stdio });
  const windows = process.platform === 'win32';
  return run(windows ? 'npm.cmd' : 'npm', args, { cwd, env, stdio, shell: windows });
}
