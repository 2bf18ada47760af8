import type { ChainGateway } from '#main/targets/chain/chain-gateway.ts';

/** Every chain has its port itself. */
export const withoutGateway: ChainGateway = {
  isWanted: () => false,
  begin: async () => ({ is: 'off' }),
  holds: async () => false,
  serve: async () => true,
  forward: () => Promise.reject(new Error('There is no gateway.')),
  endForward: async () => undefined,
  upstreamProblem: async () => null,
  leave: async () => undefined,
  hold: async () => ({ remembered: async () => undefined, release: async () => undefined }),
  problemOf: () => null,
};
