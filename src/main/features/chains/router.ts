import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { chains } from './contract.ts';
import type { ChainsService } from './service.ts';

export function chainsRouter(service: ChainsService) {
  const os = implement(chains).$context<Context>().use(declaredErrors);
  return os.router({
    list: os.list.handler(() => service.list()),
    get: os.get.handler(({ input }) => service.get(input.chain)),
    upstream: os.upstream.handler(({ input }) => service.upstream(input.chain)),
    watch: os.watch.handler(({ input, signal }) => service.watch(input.chain, signal)),
    start: os.start.handler(({ input: { chain, ...options } }) => service.start(chain, options)),
    stop: os.stop.handler(({ input }) => service.stop(input.chain)),
    save: os.save.handler(({ input }) => service.save(input.chain)),
    restart: os.restart.handler(({ input: { chain, ...options } }) =>
      service.restart(chain, options),
    ),
    accounts: os.accounts.handler(({ input }) => service.accounts(input.chain)),
    mnemonic: os.mnemonic.handler(({ input }) => service.mnemonic(input.chain)),
    fund: os.fund.handler(({ input }) => service.fund(input.chain, input.address, input.ether)),
    mine: os.mine.handler(({ input }) => service.mine(input.chain, input.blocks)),
    warp: os.warp.handler(({ input }) => service.warp(input.chain, input.seconds)),
    snapshots: os.snapshots.handler(({ input }) => service.snapshots(input.chain)),
    snapshot: os.snapshot.handler(({ input }) => service.snapshot(input.chain, input.name)),
    revert: os.revert.handler(({ input }) => service.revert(input.chain, input.snapshot)),
    describeSnapshot: os.describeSnapshot.handler(({ input: { chain, snapshot, ...change } }) =>
      service.describeSnapshot(chain, snapshot, change),
    ),
    removeSnapshot: os.removeSnapshot.handler(({ input }) =>
      service.removeSnapshot(input.chain, input.snapshot),
    ),
  });
}
