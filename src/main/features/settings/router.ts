import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { settings } from './contract.ts';
import type { SettingsService } from './service.ts';

export function settingsRouter(service: SettingsService) {
  const os = implement(settings).$context<Context>().use(declaredErrors);
  return os.router({
    get: os.get.handler(() => service.get()),
    ofKinds: os.ofKinds.handler(() => service.ofKinds()),
    describe: os.describe.handler(() => service.describe()),
    reset: os.reset.handler(({ input }) => service.reset(input.key)),
    set: os.set.handler(({ input }) => service.set(input)),
  });
}
