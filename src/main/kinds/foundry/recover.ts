import { filesToRun } from '../../lib/project-files.ts';
import { Mask } from '../../lib/secrets/mask.ts';
import type { ContractsResult } from '../../shared/result.ts';
import type { LeftRun } from '../kind.ts';
import { isConstructor } from '../one-contract/constructor-call.ts';
import { Broadcast } from './broadcast.ts';
import { environmentFor, readConfig } from './config.ts';
import { type FoundryRun, scriptOf } from './normalize.ts';
import { placeOf, withoutSecrets } from './plan.ts';
import { secretValues } from './secret-values.ts';

/** See `Kind.recover`. */
export async function recover({
  project: { path: folder },
  input,
  result,
  isOwn,
  startedAt: since,
}: LeftRun<FoundryRun>): Promise<ContractsResult | 'unreadable' | null> {
  const chainId = result?.family === 'contracts' ? result.chainId : null;
  if (chainId === null || result?.family !== 'contracts') return null;
  // Drydock noted what it was to send beforehand; the target looks for it.
  if (isConstructor(input.sig)) return result.transactions.length > 0 ? result : null;
  const files = filesToRun(folder);
  const config = readConfig(files, environmentFor(input.profile));
  const broadcast = new Broadcast({
    ...placeOf(folder, config, scriptOf(input).file, input.sig),
    target: { chainId, rpcUrl: null, isOwn },
    since,
  });
  const found = withoutSecrets(await broadcast.outcome(), new Mask(secretValues(files, config)));
  if (found === null) return broadcast.isHalf() ? 'unreadable' : null;
  return { ...found, sender: result.sender };
}
