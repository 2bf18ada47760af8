import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { gateway } from './contract.ts';
import type { GatewayService } from './service.ts';

export function gatewayRouter(service: GatewayService) {
  const os = implement(gateway).$context<Context>().use(declaredErrors);
  return os.router({
    status: os.status.handler(() => service.status()),
    origins: os.origins.handler(({ input }) => service.origins(input.chain)),
    decide: os.decide.handler(({ input: { chain, origin, decision } }) =>
      service.decide(chain, origin, decision),
    ),
    forget: os.forget.handler(({ input }) => service.forget(input.chain, input.origin)),
    journal: os.journal.handler(({ input }) => service.journal(input.chain, input.last)),
    setJournal: os.setJournal.handler(({ input }) => service.setJournal(input.chain, input.on)),
    mendNonce: os.mendNonce.handler(({ input: { chain, account, nonce } }) =>
      service.mendNonce(chain, account, nonce),
    ),
    wallet: os.wallet.handler(({ input }) => service.wallet(input.chain)),
  });
}
