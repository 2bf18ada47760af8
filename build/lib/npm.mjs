import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { start } from './child.mjs';

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
export const npm = (node, args, options) => startNpm(node, args, options, 2).exit;

/**
 * What npm says on stdout; null when it fails.
 * @param {string} node
 * @param {string[]} args
 * @param {{ cwd: string; env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<string | null>}
 */
export async function npmOutput(node, args, options) {
  const { process: child, exit } = startNpm(node, args, options, 'pipe');
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (piece) => {
    text += piece;
  });
  return (await exit) === 0 ? text : null;
}

/**
 * @param {string} node
 * @param {string[]} args
 * @param {{ cwd: string; env?: NodeJS.ProcessEnv }} options
 * @param {2 | 'pipe'} out
 */
function startNpm(node, args, { cwd, env = process.env }, out) {
  const script = npmScript();
  const stdio = /** @type {import('node:child_process').StdioOptions} */ (['ignore', out, 2]);
  if (script) return start(node, [script, ...args], { cwd, env, stdio });
  const windows = process.platform === 'win32';
  return start(windows ? 'npm.cmd' : 'npm', args, { cwd, env, stdio, shell: windows });
}
