import { ChevronDown, ChevronRight } from 'lucide-react';
import { Fragment, useState } from 'react';
import type {
  Certificate,
  ReviewDetail,
  ReviewedTransaction,
} from '#main/features/reviews/contract.ts';
import { addressPath, transactionPath } from '../../core/paths.ts';
import { count, ether, shortHex } from '../../ui/format.ts';
import { HexLink } from '../../ui/hex-link.tsx';
import { Section } from '../../ui/section.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';
import { callWords } from './review-words.ts';

interface ReviewTransactionsProps {
  review: ReviewDetail;
  certificate: Certificate;
}

/** What will be sent, decoded, with its bytes below each line. */
export function ReviewTransactions({ review, certificate }: ReviewTransactionsProps) {
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const signed = new Map(review.signed.map(({ nonce, hash }) => [nonce, hash]));
  const toggle = (nonce: number) =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(nonce)) next.add(nonce);
      return next;
    });
  return (
    <Section title="What will be sent" aside="in this order, each as it is here to the byte">
      <Table label="Transactions">
        <thead>
          <tr>
            <Th priority={0}>Nonce</Th>
            <Th priority={0}>Transaction</Th>
            <Th priority={1}>To, or new address</Th>
            <Th priority={3} end>
              Value
            </Th>
            <Th priority={2} end>
              Gas
            </Th>
            {signed.size > 0 && <Th priority={0}>Sent as</Th>}
          </tr>
        </thead>
        <tbody>
          {certificate.transactions.map((one) => {
            const isOpen = open.has(one.nonce);
            const hash = signed.get(one.nonce);
            const at = one.address ?? one.to;
            return (
              <Fragment key={one.nonce}>
                <tr className="group">
                  <Td className="nums">{one.nonce}</Td>
                  <Td className="max-w-0 w-full">
                    <button
                      type="button"
                      aria-expanded={isOpen}
                      onClick={() => toggle(one.nonce)}
                      className="flex w-full min-w-0 items-center gap-1.5 text-left"
                    >
                      {isOpen ? (
                        <ChevronDown aria-hidden="true" size={13} className="shrink-0" />
                      ) : (
                        <ChevronRight aria-hidden="true" size={13} className="shrink-0" />
                      )}
                      <span className="shrink-0 text-xs text-ink-dim">
                        {one.kind === 'call' ? 'call' : 'create'}
                      </span>
                      <span className="truncate font-mono text-xs">{callWords(one)}</span>
                    </button>
                  </Td>
                  <Td>
                    {at && (
                      <HexLink href={addressPath(review.copy, at)} value={at} what="address">
                        {shortHex(at)}
                      </HexLink>
                    )}
                  </Td>
                  <Td end>{one.value === '0' ? '' : `${ether(one.value)} ETH`}</Td>
                  <Td end>{count(one.gasUsed)}</Td>
                  {signed.size > 0 && (
                    <Td>
                      {hash && (
                        <HexLink
                          href={transactionPath(review.network, hash)}
                          value={hash}
                          what="hash"
                        >
                          {shortHex(hash)}
                        </HexLink>
                      )}
                    </Td>
                  )}
                </tr>
                {/* On paper all of them are open. */}
                <tr className={isOpen ? '' : 'hidden print:table-row'}>
                  <td colSpan={signed.size > 0 ? 6 : 5} className="border-b border-line p-3">
                    <Opened review={review} of={one} />
                  </td>
                </tr>
              </Fragment>
            );
          })}
        </tbody>
      </Table>
    </Section>
  );
}

function Opened({ review, of }: { review: ReviewDetail; of: ReviewedTransaction }) {
  return (
    <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-3 gap-y-1 text-xs">
      {of.arguments.map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: arguments have no other identity
        <Fragment key={index}>
          <dt className="text-ink-dim">argument {index + 1}</dt>
          <dd className="font-mono break-all">{value}</dd>
        </Fragment>
      ))}
      <dt className="text-ink-dim">gas limit</dt>
      <dd className="nums">{count(of.gas)}</dd>
      <dt className="text-ink-dim">bytes</dt>
      <dd className="font-mono break-all">
        {count((of.data.length - 2) / 2)}: {of.data.slice(0, 202)}
        {of.data.length > 202 && '…'}
      </dd>
      <dt className="text-ink-dim">rehearsed as</dt>
      <dd>
        <HexLink href={transactionPath(review.copy, of.hash)} value={of.hash} what="hash">
          {shortHex(of.hash)}
        </HexLink>
      </dd>
    </dl>
  );
}
