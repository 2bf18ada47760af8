// Lays out what is the same for every processor.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inProject } from '../lib/project.mjs';
import { tool } from './fetch.mjs';
import { drawIcons } from './icons.mjs';
import { stageFolder } from './stage.mjs';

/** @param {string} output the folder of the installers */
export function stageCommon(output) {
  const folder = stageFolder(output, 'common');
  mkdirSync(folder, { recursive: true });
  drawIcons(join(folder, 'icons'));
  writeFileSync(join(folder, 'after-remove.tpl'), afterRemove());
}

/** electron-builder's own script, which knows no upgrades. */
function afterRemove() {
  const own = dirname(tool.resolve('app-builder-lib/package.json'));
  const script = readFileSync(join(own, 'templates', 'linux', 'after-remove.tpl'), 'utf8');
  const head = readFileSync(
    inProject('build', 'packaging', 'linux', 'after-remove.head.sh'),
    'utf8',
  );
  return head + script.replace(/^#!.*\n/, '');
}
