// Makes the installers of this machine's system: `npm run dist`. Its options:
//   --dir                   the app's folder alone, for this machine's processor
//   --arch x64              for one processor; may be repeated
//   --format deb            one format; may be repeated
//   --no-toolchain          without forge, cast and anvil, which are found or fetched then
//   --electron-dist <path>  Electron from this folder, instead of a download
//   --output <path>         instead of dist/
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/bundle.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { inProject, launch, SetupError } from './lib/project.mjs';
import { ensureRuntime } from './lib/runtime.mjs';
import { pack } from './packaging/pack.mjs';
import { archs, thisOs } from './packaging/target.mjs';

function options() {
  try {
    const { values } = parseArgs({
      options: {
        dir: { type: 'boolean', default: false },
        arch: { type: 'string', multiple: true },
        format: { type: 'string', multiple: true },
        toolchain: { type: 'boolean', default: true },
        'electron-dist': { type: 'string' },
        output: { type: 'string', default: inProject('dist') },
      },
      allowNegative: true,
    });
    const unknown = values.arch?.find((arch) => !archs.some((known) => known === arch));
    if (unknown) throw new Error(`There is no package for ${unknown}: only ${archs.join(', ')}.`);
    return values;
  } catch (error) {
    throw new SetupError(error instanceof Error ? error.message : String(error));
  }
}

await launch(async () => {
  const { dir, arch, format, toolchain, output, 'electron-dist': electronDist } = options();
  const os = thisOs();
  if (!os) throw new SetupError(`There are no installers for ${process.platform}.`);
  const runtime = await ensureRuntime();
  await ensureInstalled(runtime);
  await ensureBuilt(runtime);
  await pack(runtime, {
    os,
    archs: archs.filter((one) => (arch ?? (dir ? [process.arch] : archs)).includes(one)),
    formats: dir ? ['dir'] : (format ?? null),
    toolchain,
    electronDist: electronDist && resolve(electronDist),
    output: resolve(output),
  });
  return 0;
});
