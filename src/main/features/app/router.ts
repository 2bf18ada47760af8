import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import type { Changes } from './changes.ts';
import { app } from './contract.ts';
import type { OwnInfo } from './info.ts';

export function appRouter(changes: Pick<Changes, 'follow'>, info: () => Promise<OwnInfo>) {
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
