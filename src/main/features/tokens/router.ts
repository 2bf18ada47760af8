import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { tokens } from './contract.ts';
import type { TokensService } from './service.ts';

export function tokensRouter(service: TokensService) {
  const os = implement(tokens).$context<Context>().use(declaredErrors);
  return os.router({
    list: os.list.handler(() => service.list()),
    create: os.create.handler(({ input }) => service.create(input)),
    revoke: os.revoke.handler(({ input }) => service.revoke(input.name)),
    sessions: os.sessions.handler(() => service.sessions()),
    endSession: os.endSession.handler(({ input }) => service.endSession(input.id)),
  });
}
