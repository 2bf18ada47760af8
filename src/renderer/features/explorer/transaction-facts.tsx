import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TransactionDetail } from '#main/features/explorer/contract/transactions.ts';
import { UNCOUNTED_NONCE } from '#main/shared/safe-integer.ts';
import { AddressLink } from '../../core/inside/address-link.tsx';
import { exactEther, roughEther } from '../../core/inside/words.ts';
import { count, gwei } from '../../ui/format.ts';

function Quantity({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-2xs text-ink-dim">{name}</dt>
      <dd className="text-sm nums">{children}</dd>
    </div>
  );
}

/** Who sent a transaction to whom, and what it cost. */
export function TransactionFacts({ detail }: { detail: TransactionDetail }) {
  const { network, from, to, created, value, fee, gasUsed, gasLimit, gasPrice, nonce } = detail;
  const { type, blobs } = detail;
  const target = to ?? created;
  return (
    <div className="flex shrink-0 flex-wrap items-center justify-between gap-x-8 gap-y-3">
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-2 text-sm">
        <span className="text-ink-dim">From</span>
        <AddressLink network={network} of={from} />
        {(from.label ?? from.contract) !== null && <AddressLink network={network} of={from} bare />}
        <ArrowRight
          aria-hidden="true"
          size={14}
          className="mx-3 shrink-0 self-center text-ink-dim"
        />
        <span className="text-ink-dim">{to ? 'To' : 'Created'}</span>
        {target ? (
          <>
            <AddressLink network={network} of={target} />
            {(target.label ?? target.contract) !== null && (
              <span className="pl-5">
                <AddressLink network={network} of={target} bare />
              </span>
            )}
          </>
        ) : (
          <span>nothing</span>
        )}
      </div>
      <dl className="flex flex-wrap gap-x-6 gap-y-2">
        <Quantity name="Value">{exactEther(value)}</Quantity>
        <Quantity name="Fee">
          {fee === null ? '—' : <span title={exactEther(fee)}>{roughEther(fee)}</span>}
        </Quantity>
        <Quantity name="Gas used">
          {count(gasUsed)} <span className="text-ink-dim">of {count(gasLimit)}</span>
        </Quantity>
        <Quantity name="Gas price">{gasPrice === null ? '—' : gwei(gasPrice)}</Quantity>
        {blobs && (
          <Quantity name="Blobs">
            {count(blobs.versionedHashes.length)}
            {blobs.fee !== null && (
              <span className="text-ink-dim" title={`${exactEther(blobs.fee)} of the fee`}>
                {' '}
                for {roughEther(blobs.fee)}
              </span>
            )}
          </Quantity>
        )}
        <Quantity name="Nonce">{nonce === null ? UNCOUNTED_NONCE : count(nonce)}</Quantity>
        <Quantity name="Type">{type}</Quantity>
      </dl>
    </div>
  );
}
