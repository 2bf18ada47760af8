import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { audit } from './contract.ts';
import type { AuditService } from './service.ts';

export function auditRouter(service: AuditService) {
  const os = implement(audit).$context<Context>().use(declaredErrors);
  return os.router({
    list: os.list.handler(({ input }) => service.list(input)),
    verify: os.verify.handler(({ input }) => service.verify(input.known)),
    export: os.export.handler(({ input }) => service.export(input)),
  });
}
