// Makes the documentation of a build: pages beside the window's own, and the man page.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProject } from '../project.mjs';
import { apiPage, commandsPage, manPage } from './reference.mjs';
import { writeSite } from './site.mjs';

/** Pages that are written by hand, in their order. */
const guides = [
  ...['index', 'first-deploy', 'snapshots-and-forks', 'hardhat', 'docker', 'apps', 'wallets'],
  ...['inside', 'upgrades', 'updates', 'shell', 'troubleshooting'],
];

/**
 * @param {import('../runtime.mjs').Runtime} runtime
 * @param {string} out a folder with a whole build
 */
export function buildDocs(runtime, out) {
  const home = mkdtempSync(join(tmpdir(), 'drydock-docs-'));
  const ask = (/** @type {string} */ what) =>
    JSON.parse(
      execFileSync(runtime.node, [join(out, 'main', 'cli.js'), 'reference', what], {
        env: { ...runtime.env, DRYDOCK_HOME: home },
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      }),
    );
  try {
    const commands = ask('commands');
    const written = guides.map((name) => ({
      name,
      text: readFileSync(inProject('docs', 'guide', `${name}.md`), 'utf8'),
    }));
    const made = [
      { name: 'commands', text: commandsPage(commands) },
      { name: 'api', text: apiPage(ask('api')) },
    ];
    writeSite([...written, ...made], join(out, 'renderer', 'docs'));
    const { version } = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));
    mkdirSync(join(out, 'man'), { recursive: true });
    writeFileSync(join(out, 'man', 'drydock.1'), manPage(commands, version));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
