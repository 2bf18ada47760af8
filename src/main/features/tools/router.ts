import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { type Toolchain, tools } from './contract.ts';

export function toolsRouter(service: { list: () => Promise<Toolchain[]> }) {
  const os = implement(tools).$context<Context>().use(declaredErrors);
  return os.router({ list: os.list.handler(() => service.list()) });
}
