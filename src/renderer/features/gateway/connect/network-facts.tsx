import type { WalletSetup } from '#main/features/gateway/contract.ts';
import { Copyable } from '../../../ui/copyable.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';

/** What a wallet asks for when a network is added by hand. */
export function NetworkFacts({ network }: { network: WalletSetup['addChain'] }) {
  const { chainName, rpcUrls, chainId, nativeCurrency } = network;
  const facts = [
    ['Network name', chainName],
    ['RPC URL', rpcUrls.join(' ')],
    ['Chain id', String(Number(chainId))],
    ['Currency', nativeCurrency.symbol],
  ] as const;
  return (
    <Facts>
      {facts.map(([name, value]) => (
        <Fact key={name} name={name}>
          <Copyable value={value} what={name}>
            {value}
          </Copyable>
        </Fact>
      ))}
    </Facts>
  );
}
