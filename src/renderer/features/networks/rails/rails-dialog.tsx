import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { FreezeForm } from './freeze-form.tsx';
import { RailsForm } from './rails-form.tsx';
import { useRails } from './use-rails.ts';

/** What may be sent to a live network: a freeze, and the rails that hold at other times. */
export function RailsDialog({ network, onClose }: { network: string | null; onClose(): void }) {
  return (
    <Dialog
      title={`Rails of ${network ?? ''}`}
      description="Asked when a deploy starts, when its review is approved, and before each signature. Rehearsals send nothing, and are never held up."
      open={network !== null}
      onClose={onClose}
    >
      {network !== null && <Rails network={network} onClose={onClose} />}
    </Dialog>
  );
}

function Rails({ network, onClose }: { network: string; onClose(): void }) {
  const { data, error, refetch } = useRails(network);
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={6} />;
  return (
    <div className="flex flex-col gap-4">
      <FreezeForm rails={data} />
      <RailsForm rails={data} onClose={onClose} />
    </div>
  );
}
