// Makes the documentation of a build: pages beside the window's own, and the man page.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProject } from '../project.mjs';
import { pageNames } from './contents.mjs';
import { errorTexts } from './markdown.mjs';
import { apiPage, commandsPage, manPage } from './reference.mjs';
import { writeSite } from './site.mjs';

const guide = (/** @type {string} */ name) =>
  readFileSync(inProject('docs', 'guide', `${name}.md`), 'utf8');

/**
 * What the built program says of its commands and its API.
 * @param {import('../runtime.mjs').Runtime} runtime
 * @param {string} out a folder with a whole build
 */
export function referenceOf(runtime, out) {
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
    return { commands: ask('commands'), api: ask('api') };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/**
 * Writes the pages, and the texts of the error codes for the command line.
 * @param {ReturnType<typeof referenceOf>} reference
 * @param {string} folder
 */
export function writeDocs({ commands, api }, folder) {
  /** @type {Record<string, string>} */
  const made = { commands: commandsPage(commands), api: apiPage(api) };
  writeSite(
    pageNames.map((name) => ({ name, text: made[name] ?? guide(name) })),
    folder,
  );
  writeFileSync(join(folder, 'errors.json'), JSON.stringify(errorTexts(guide('troubleshooting'))));
}

/**
 * @param {import('../runtime.mjs').Runtime} runtime
 * @param {string} out a folder with a whole build
 */
export function buildDocs(runtime, out) {
  const reference = referenceOf(runtime, out);
  writeDocs(reference, join(out, 'renderer', 'docs'));
  const { version } = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));
  mkdirSync(join(out, 'man'), { recursive: true });
  writeFileSync(join(out, 'man', 'drydock.1'), manPage(reference.commands, version));
}
