import type { TransactionDetail } from '#main/features/explorer/contract/transactions.ts';
import { AddressLink } from '../../core/inside/address-link.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Section } from '../../ui/section.tsx';

/** Which accounts are to run the code of which contracts, since a transaction or not. */
export function Authorizations({ detail }: { detail: TransactionDetail }) {
  const { network, authorizations } = detail;
  if (authorizations.length === 0) return null;
  return (
    <Section title="Authorizations">
      <ul className="flex flex-col gap-1 text-sm">
        {authorizations.map(({ authority, address, nonce, chainId, applied }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same may be there twice
          <li key={i} className="flex flex-wrap items-baseline gap-x-2">
            {authority ? (
              <AddressLink network={network} of={authority} whole />
            ) : (
              <span className="text-warn">a signature of nobody</span>
            )}
            {BigInt(address.address) === 0n ? (
              <span className="text-ink-dim">delegates no more</span>
            ) : (
              <>
                <span className="text-ink-dim">delegates to</span>
                <AddressLink network={network} of={address} whole />
              </>
            )}
            <span className="text-xs text-ink-dim nums">
              nonce {nonce}, {chainId === '0' ? 'every chain' : `chain ${chainId}`}
            </span>
            {applied === false && (
              <span title="Its nonce or chain id is another one, or a contract stands there.">
                <Badge tone="warn">passed over</Badge>
              </span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
