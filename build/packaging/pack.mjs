import { rmSync } from 'node:fs';
import { run } from '../lib/child.mjs';
import { inProject, SetupError, say } from '../lib/project.mjs';
import { stageCommon } from './common.mjs';
import { configuration, extraFields } from './configuration.mjs';
import { installTools, tool } from './fetch.mjs';
import { signing } from './signing.mjs';
import { recordSizes } from './sizes.mjs';
import { stage, stageFolder } from './stage.mjs';
import { updates } from './updates.mjs';

/** @typedef {import('./target.mjs').Target} Target */

/**
 * Makes the app's folders, and installers out of them, for one system.
 * @param {import('../lib/runtime.mjs').Runtime} runtime
 * @param {object} options
 * @param {Target['os']} options.os
 * @param {Target['arch'][]} options.archs
 * @param {string[] | null} options.formats as electron-builder names them, or null for all of the
 *   system; `dir` is the app's folder alone
 * @param {boolean} options.toolchain whether forge, cast and anvil are packed
 * @param {string} [options.electronDist] see `configuration`
 * @param {string} options.output
 */
export async function pack(runtime, { os, archs, formats, toolchain, electronDist, output }) {
  const signed = signing(os, process.env);
  const { publish, key, missing } = updates(process.env);
  for (const line of [...signed.skipped, ...missing]) say(line);
  await installTools(runtime);
  stageCommon(output);
  for (const arch of archs) {
    await stage(runtime, { os, arch }, { output, toolchain, extra: extraFields, updateKey: key });
  }
  const { build, Arch, Platform } = tool('electron-builder');
  const platform = { linux: Platform.LINUX, mac: Platform.MAC, win: Platform.WINDOWS }[os];
  await build({
    projectDir: inProject(),
    targets: platform.createTarget(formats, ...archs.map((arch) => Arch[arch])),
    config: configuration({
      ...{ electronDist, output, os, signing: signed, publish },
      env: process.env,
    }),
    publish: 'never',
  });
  if (publish) await signFeeds(runtime, output);
  // Hundreds of MB, which are in the app's folders as well.
  rmSync(stageFolder(output, ''), { recursive: true, force: true });
  for (const [name, bytes] of Object.entries(recordSizes(output))) {
    say(`${(bytes / 1024 / 1024).toFixed(1).padStart(8)} MB  ${name}`);
  }
}

/**
 * In the Node that Drydock brings along: it reads a source of the app.
 * @param {import('../lib/runtime.mjs').Runtime} runtime
 * @param {string} output
 */
async function signFeeds(runtime, output) {
  const code = await run(runtime.node, [inProject('build', 'sign-feed.mjs'), output]);
  if (code !== 0) throw new SetupError('The feeds of updates could not be signed.');
}
