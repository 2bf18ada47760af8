import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { verifications } from './contract.ts';
import type { VerificationService } from './service.ts';

export function verificationRouter(service: VerificationService) {
  const os = implement(verifications).$context<Context>().use(declaredErrors);
  return os.router({
    check: os.check.handler(({ input }) => service.check(input)),
    bundle: os.bundle.handler(({ input }) => service.bundle(input)),
    submit: os.submit.handler(({ input }) => service.submit(input)),
    list: os.list.handler(({ input }) => service.list(input)),
    get: os.get.handler(({ input }) => service.get(input.id)),
  });
}
