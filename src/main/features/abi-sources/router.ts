import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { abiSources } from './contract.ts';
import type { AbiSourcesService } from './service.ts';

export function abiSourcesRouter(service: AbiSourcesService) {
  const os = implement(abiSources).$context<Context>().use(declaredErrors);
  return os.router({
    etherscanKey: os.etherscanKey.handler(() => service.etherscanKey()),
    setEtherscanKey: os.setEtherscanKey.handler(({ input }) => service.setEtherscanKey(input.key)),
  });
}
