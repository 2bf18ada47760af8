import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { doctor } from './contract.ts';
import type { Reconciler } from './reconciler.ts';
import type { DoctorService } from './service.ts';

export function doctorRouter(service: DoctorService, reconciler: Reconciler) {
  const os = implement(doctor).$context<Context>().use(declaredErrors);
  return os.router({
    run: os.run.handler(() => service.run()),
    repairs: os.repairs.handler(({ input }) => reconciler.repairs(input.limit)),
    reconcile: os.reconcile.handler(() => reconciler.run()),
  });
}
