import { type FormEvent, useState } from 'react';
import { formatGwei } from 'viem';
import type { ReviewDetail } from '#main/features/reviews/contract.ts';
import { client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import { problemOf } from '../../core/problems/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { inputLook } from '../../ui/field.tsx';
import { plural } from '../../ui/format.ts';
import { useReviewCheck } from './review-gates.tsx';
import { useSendApproval } from './send-approval.tsx';

/** What was sent and waits, with a way to let it pay more. Nothing where nothing waits. */
export function RaiseFee({ review }: { review: ReviewDetail }) {
  const { data: check } = useReviewCheck(review);
  const [isOpen, setOpen] = useState(false);
  if (!check || check.enough === null) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>Pay more…</Button>
      <Dialog
        title="Let it pay more"
        description={`${plural(check.waiting.length, 'transaction')} sent to ${review.network} ${check.waiting.length === 1 ? 'is' : 'are'} in no block. The same is signed once more with a higher fee; only one of the two can be mined.`}
        open={isOpen}
        onClose={() => setOpen(false)}
      >
        <RaiseFeeForm
          review={review}
          enough={check.enough}
          price={check.gasPrice}
          onDone={() => setOpen(false)}
        />
      </Dialog>
    </>
  );
}

interface RaiseFeeFormProps {
  review: ReviewDetail;
  /** Wei per gas. */
  enough: string;
  /** Wei per gas. */
  price: string;
  onDone(): void;
}

function RaiseFeeForm({ review, enough, price, onDone }: RaiseFeeFormProps) {
  const { id, network, maxFeePerGas } = review;
  const [fee, setFee] = useState(formatGwei(BigInt(enough)));
  const approval = useSendApproval(review);
  const raise = useCommand(
    () =>
      client.reviews.raiseFee({
        ...{ id, maxFeePerGas: `${fee.trim()} gwei` },
        ...approval.given,
      }),
    { inPlace: true, done: onDone },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The form around the button that opened this would send what is left, too.
    event.stopPropagation();
    if (approval.isGiven) void raise.send(undefined);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 text-sm">
      <p className="text-ink-dim">
        {network} asks for {formatGwei(BigInt(price))} gwei per gas
        {maxFeePerGas && `, and it pays up to ${formatGwei(BigInt(maxFeePerGas))}`}.
      </p>
      <label className="flex items-center gap-2">
        <span className="w-40 shrink-0">Pay up to, in gwei</span>
        <input
          value={fee}
          onChange={(event) => setFee(event.target.value)}
          inputMode="decimal"
          autoComplete="off"
          className={inputLook}
        />
      </label>
      {approval.fields}
      {raise.error && (
        <p role="alert" className="text-bad">
          {problemOf(raise.error).message}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button type="button" onClick={onDone}>
          Leave it
        </Button>
        <Button type="submit" variant="primary" disabled={!approval.isGiven} busy={raise.busy}>
          Sign it again
        </Button>
      </div>
    </form>
  );
}
