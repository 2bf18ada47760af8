import type { Logger } from 'pino';
import { dataFolderError } from '../../db/open.ts';
import { goneError } from '../../db/presence.ts';
import type { Context } from '../../lib/declared-errors.ts';
import { osUser } from '../../lib/os-user.ts';
import type { KnownSecrets } from '../../lib/secrets/known-secrets.ts';
import type { Core } from '../feature.ts';

/** What must be possible at any time, though nothing of it can be recorded. */
const endsWork: ReadonlySet<string> = new Set([
  'chains.stop',
  'deployments.cancel',
  'terminals.close',
]);

/** What every call gets whose data folder is not open. */
export const contextOf = (home: string, logger: Logger, secrets: KnownSecrets): Context => ({
  logger,
  caller: { door: 'core', user: osUser(), token: null },
  mask: secrets.mask,
  dataFolderError: (error) => dataFolderError(error, home),
});

/** What every call of a door gets; the door adds what only it can do. */
export function coreContext({ home, logger, secrets, isPresent, onWriteFailed }: Core): Context {
  return {
    ...contextOf(home, logger, secrets),
    dataFolderError(error) {
      const fault = dataFolderError(error, home);
      if (fault) for (const told of onWriteFailed) told();
      return (fault || isMissing(error)) && !isPresent() ? goneError(home) : fault;
    },
    beforeChange(procedure) {
      if (!endsWork.has(procedure) && !isPresent()) throw goneError(home);
    },
  };
}

const isMissing = (error: unknown) => (error as { code?: unknown } | null)?.code === 'ENOENT';
