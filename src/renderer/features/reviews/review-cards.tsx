import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Certificate, ReviewDetail } from '#main/features/reviews/contract.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { count, ether, gwei, shortHex } from '../../ui/format.ts';
import { costWords } from './review-words.ts';

interface ReviewCardsProps {
  review: ReviewDetail;
  certificate: Certificate;
}

/** Who signs, what it costs, and what is worth knowing. */
export function ReviewCards({ review: { key, sender }, certificate }: ReviewCardsProps) {
  const { fees, balance, warnings, transactions } = certificate;
  const most = BigInt(fees.most) + BigInt(fees.value);
  const left = BigInt(balance) - most;
  return (
    <div className="order-1 flex flex-col gap-3 @4xl:order-2">
      <Card title="Signer" aside={key ?? 'no key'}>
        <Line name="Address">
          <Copyable value={sender} what="address" className="font-mono text-xs">
            {shortHex(sender)}
          </Copyable>
        </Line>
        <Line name="Balance">{ether(balance)} ETH</Line>
        <Line name="First nonce">{transactions[0]?.nonce ?? 0}</Line>
      </Card>
      <Card title="Cost" aside="at most">
        <Line name="Gas">{count(fees.gas)}</Line>
        <Line name="Most per gas">{gwei(fees.maxFeePerGas)}</Line>
        <Line name="As it is now">{costWords(fees.expected)}</Line>
        {fees.value !== '0' && <Line name="Sent along">{costWords(fees.value)}</Line>}
        <Line name="At most">
          <strong>{costWords(most)}</strong>
        </Line>
        {left >= 0n && <Line name="Left afterwards">{ether(`${left}`)} ETH</Line>}
      </Card>
      {warnings.length > 0 && (
        <Card title="Worth knowing" aside={`${warnings.length}`}>
          {warnings.map(({ about, message }) => (
            <p key={`${about} ${message}`} className="flex gap-2 text-xs">
              <TriangleAlert aria-hidden="true" size={14} className="mt-px shrink-0 text-warn" />
              {message}
            </p>
          ))}
        </Card>
      )}
    </div>
  );
}

function Card({ title, aside, children }: { title: string; aside: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="rounded-lg border border-line bg-panel">
      <div className="flex items-center justify-between border-b border-line px-3 py-2">
        <h2 className="text-sm font-semibold">{title}</h2>
        <span className="text-xs text-ink-dim">{aside}</span>
      </div>
      <div className="flex flex-col gap-1.5 px-3 py-2.5">{children}</div>
    </section>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <p className="flex items-baseline justify-between gap-3 text-sm">
      <span className="text-xs text-ink-dim">{name}</span>
      <span className="nums">{children}</span>
    </p>
  );
}
