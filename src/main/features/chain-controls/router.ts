import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { chainControls } from './contract.ts';
import type { ChainControlsService } from './service.ts';

export function chainControlsRouter(service: ChainControlsService) {
  const os = implement(chainControls).$context<Context>().use(declaredErrors);
  return os.router({
    mining: os.mining.handler(({ input }) => service.mining(input)),
    nextBlock: os.nextBlock.handler(({ input }) => service.nextBlock(input)),
    jump: os.jump.handler(({ input }) => service.jump(input.chain, input.time)),
    account: os.account.handler(({ input }) => service.account(input)),
    pending: os.pending.handler(({ input }) => service.pending(input.chain, input.limit)),
    drop: os.drop.handler(({ input }) => service.drop(input.chain, input.hash)),
  });
}
