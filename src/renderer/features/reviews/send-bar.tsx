import { Send } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import type { AbiSource } from '#main/features/abi-sources/contract.ts';
import type { ReviewDetail } from '#main/features/reviews/contract.ts';
import { client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import { deploymentPath } from '../../core/paths.ts';
import { problemOf } from '../../core/problems/problem.ts';
import { Button } from '../../ui/button.tsx';
import { plural } from '../../ui/format.ts';
import { Select } from '../../ui/select.tsx';
import { RaiseFee } from './raise-fee.tsx';
import { useReviewCheck } from './review-gates.tsx';
import { costWords } from './review-words.ts';
import { useSendApproval } from './send-approval.tsx';

type VerifyChoice = AbiSource | 'none';

const verifyOptions: { value: VerifyChoice; label: string; text: string }[] = [
  { value: 'none', label: 'nowhere', text: 'nowhere' },
  { value: 'sourcify', label: 'at Sourcify', text: 'Sourcify' },
  { value: 'etherscan', label: 'at Etherscan', text: 'Etherscan' },
];

/** The last line before it is sent: what, for how much, from whom, and where. */
export function SendBar({ review }: { review: ReviewDetail }) {
  const { id, status, key, network, production, chainId, certificate, isSending } = review;
  const { data: check } = useReviewCheck(review);
  const approval = useSendApproval(review);
  const [verify, setVerify] = useState<VerifyChoice>(review.verify ?? 'none');
  const [, navigate] = useLocation();
  const approve = useCommand(
    () =>
      client.reviews.approve({
        ...{ id, ...approval.given },
        verify: verify === 'none' ? null : verify,
      }),
    { inPlace: true, done: (run) => navigate(deploymentPath(run.id)) },
  );
  if (!certificate || (status !== 'open' && status !== 'approved')) return null;
  if (isSending) return <Sending review={review} />;
  const { transactions, fees } = certificate;
  const most = BigInt(fees.most) + BigInt(fees.value);
  const isReady = approval.isGiven && !check?.stale && !check?.refused;
  const what = plural(transactions.length, 'transaction');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) void approve.send(undefined);
  };
  return (
    <form
      aria-label="Send"
      onSubmit={submit}
      className="flex shrink-0 flex-wrap items-center gap-x-5 gap-y-2 border-t border-line bg-panel px-5 py-3"
    >
      <div className="min-w-0 flex-1 basis-64">
        <p className="text-sm font-medium">
          {what}, at most {costWords(most)}, from {key} to {production ?? network} ({chainId}).
        </p>
        <p role={approve.error ? 'alert' : undefined} className="text-xs text-ink-dim">
          {approve.error ? (
            <span className="text-bad">{problemOf(approve.error).message}</span>
          ) : check?.refused ? (
            <span className="text-bad">{check.refused}</span>
          ) : status === 'approved' ? (
            'It was broken off. What is not on the network yet is sent as it was reviewed; nothing goes twice.'
          ) : (
            'It can’t be taken back. Drydock stops at the first one that differs or costs more.'
          )}
        </p>
      </div>
      {approval.fields}
      {certificate.contracts.length > 0 && (
        <Select<VerifyChoice>
          label="Verify the sources afterwards"
          prefix="Verify"
          value={verify}
          options={verifyOptions}
          onChange={setVerify}
        />
      )}
      <RaiseFee review={review} />
      <Button
        type="submit"
        variant={isReady ? 'primary' : undefined}
        disabled={!isReady}
        busy={approve.busy}
        icon={<Send aria-hidden="true" size={14} />}
      >
        {status === 'approved' ? 'Send the rest' : `Send ${what}`}
      </Button>
    </form>
  );
}

/** What has become of what was sent, while its deployment is at it. */
function Sending({ review }: { review: ReviewDetail }) {
  const { certificate, network, signed } = review;
  const { data: check } = useReviewCheck(review);
  const all = certificate?.transactions.length ?? 0;
  const nonces = [...new Set(signed.map(({ nonce }) => nonce))];
  const sent = nonces.length;
  const mined = check && nonces.filter((nonce) => !check.waiting.includes(nonce)).length;
  return (
    <section
      aria-label="Sending"
      className="flex shrink-0 flex-wrap items-center gap-x-5 gap-y-2 border-t border-line bg-panel px-5 py-3"
    >
      <p role="status" className="min-w-0 flex-1 text-sm">
        {sent} of {plural(all, 'transaction')} sent to {network}
        {mined !== undefined && `, ${mined} in blocks`}.
      </p>
      <RaiseFee review={review} />
    </section>
  );
}
