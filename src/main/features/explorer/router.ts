import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { explorer } from './contract.ts';
import type { ExplorerService } from './service.ts';

export function explorerRouter(service: ExplorerService) {
  const os = implement(explorer).$context<Context>().use(declaredErrors);
  return os.router({
    transactions: os.transactions.handler(({ input }) => service.transactions(input)),
    transaction: os.transaction.handler(({ input }) => service.transaction(input)),
    steps: os.steps.handler(({ input }) => service.steps(input)),
    step: os.step.handler(({ input }) => service.step(input)),
    lineGas: os.lineGas.handler(({ input }) => service.lineGas(input)),
    functions: os.functions.handler(({ input }) => service.functions(input)),
    before: os.before.handler(({ input }) => service.before(input)),
    source: os.source.handler(({ input }) => service.source(input)),
    blocks: os.blocks.handler(({ input }) => service.blocks(input)),
    block: os.block.handler(({ input }) => service.block(input)),
    address: os.address.handler(({ input }) => service.address(input)),
    addressTransactions: os.addressTransactions.handler(({ input }) =>
      service.addressTransactions(input),
    ),
    find: os.find.handler(({ input }) => service.find(input)),
  });
}
