import path from 'node:path';
import { filesToRun } from '../../lib/project-files.ts';
import type { ResultFiles } from '../followed-run.ts';
import type { LeftRun } from '../kind.ts';
import { environmentFor, readConfig } from './config.ts';
import { type FoundryRun, scriptOf } from './normalize.ts';

/**
 * See `Kind.resultFiles`: forge overwrites the previous run's
 * `broadcast/<script>/<chain>/<function>-latest.json`, and writes a copy beside it with the time in
 * its name.
 */
export function resultFiles({
  project,
  input,
  result,
  startedAt,
}: LeftRun<FoundryRun>): ResultFiles {
  const chainId = result?.family === 'contracts' ? result.chainId : null;
  if (chainId === null) return { own: [], shared: [] };
  const files = filesToRun(project.path);
  const config = readConfig(files, environmentFor(input.profile));
  const script = path.basename(scriptOf(input).file);
  const place = path.join(config.broadcast, script, `${chainId}`);
  const name = input.sig.slice(0, input.sig.indexOf('('));
  const own = files
    .entries(place)
    .map((entry) => entry.name)
    .filter(
      (one) => one.startsWith(`${name}-`) && /^\d{9,}\.json$/.test(one.slice(name.length + 1)),
    )
    .map((one) => path.join(place, one))
    .filter((file) => (files.stat(file)?.mtimeMs ?? 0) >= startedAt);
  return { own, shared: [path.join(place, `${name}-latest.json`)] };
}
