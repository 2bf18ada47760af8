import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../kit/declared-errors.ts';
import { doctor } from './contract.ts';
import type { DoctorService } from './service.ts';

export function doctorRouter(service: DoctorService) {
  const os = implement(doctor).$context<Context>().use(declaredErrors);
  return os.router({ run: os.run.handler(() => service.run()) });
}
