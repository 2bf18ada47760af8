import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { output, run } from './child.mjs';
import { inProject, say } from './project.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** @returns {string | null} */
function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given && existsSync(given)) return given;
  const { chromium } = createRequire(inProject('package.json'))('playwright-core');
  const own = chromium.executablePath();
  if (own && existsSync(own)) return own;
  const inPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return [...inPath, ...elsewhere].find((file) => existsSync(file)) ?? null;
}

/** Whether this is a single-purpose machine that may be changed: a container or a CI runner. */
async function isDisposable() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  if (!(await output('apt-get', ['--version']))) return false;
  return Boolean(process.env.CI) || !existsSync('/run/systemd/system');
}

/**
 * A Chromium for the tests: an installed one, otherwise Debian's in a container or on a CI machine
 * that may be changed, otherwise Playwright's own download.
 * @param {import('./runtime.mjs').Runtime} runtime
 * @returns {Promise<string | null>} null when none is available
 */
export async function ensureChromium(runtime) {
  const found = findChromium();
  if (found) return found;
  const stdio = /** @type {import('node:child_process').StdioOptions} */ (['ignore', 2, 2]);
  if (await isDisposable()) {
    say('Installing Chromium with apt-get.');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (/** @type {string[]} */ ...args) => run('apt-get', args, { env, stdio: 'ignore' });
    const install = () => apt('install', '-y', '--no-install-recommends', 'chromium');
    if ((await install()) !== 0) {
      await apt('update');
      await install();
    }
    const installed = findChromium();
    if (installed) return installed;
  }
  say('Fetching a Chromium for the tests.');
  const playwright = inProject('node_modules', 'playwright-core', 'cli.js');
  await run(runtime.node, [playwright, 'install', 'chromium'], { env: runtime.env, stdio });
  return findChromium();
}
