import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { backups } from './contract.ts';
import type { BackupsService } from './service.ts';

export function backupsRouter(service: BackupsService) {
  const os = implement(backups).$context<Context>().use(declaredErrors);
  return os.router({
    list: os.list.handler(() => service.list()),
    create: os.create.handler(() => service.create('manual')),
    restore: os.restore.handler(({ input }) => service.restore(input.backup)),
    cancelRestore: os.cancelRestore.handler(() => service.cancelRestore()),
    remove: os.remove.handler(({ input }) => service.remove(input.backup)),
  });
}
