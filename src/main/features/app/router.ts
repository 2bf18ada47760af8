import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../kit/declared-errors.ts';
import type { Changes } from './changes.ts';
import { app, type Info } from './contract.ts';

/** What isn't a matter of the connection. */
export type OwnInfo = Omit<Info, 'canPickFolder' | 'canNotify'>;

export function appRouter(changes: Changes, info: () => Promise<OwnInfo>) {
  const os = implement(app).$context<Context>().use(declaredErrors);
  return os.router({
    info: os.info.handler(async ({ context }) => ({
      ...(await info()),
      canPickFolder: context.pickFolder !== undefined,
      canNotify: context.notifies ?? false,
    })),
    changes: os.changes.handler(({ signal }) => changes.follow(signal)),
  });
}
