import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../kit/declared-errors.ts';
import { settings } from './contract.ts';
import type { SettingsService } from './service.ts';

export function settingsRouter(service: SettingsService) {
  const os = implement(settings).$context<Context>().use(declaredErrors);
  return os.router({
    get: os.get.handler(() => service.get()),
    set: os.set.handler(({ input }) => service.set(input)),
  });
}
