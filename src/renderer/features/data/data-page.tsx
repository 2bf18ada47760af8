import { useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { api, client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { Slot } from '../../core/feature/slot.tsx';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.ts';
import { Backups } from './backups.tsx';
import { DataProblems } from './data-problems.tsx';
import { Prune } from './prune.tsx';
import { RetentionForm } from './retention-form.tsx';
import { Sizes } from './sizes.tsx';

/** What is stored, its size, how long it is kept, and how to restore it. */
export function DataPage() {
  const stats = useQuery(api.data.stats.queryOptions());
  const retention = useQuery(api.data.retention.queryOptions()).data;
  const check = useQuery(api.data.lastCheck.queryOptions()).data;
  const { busy, run } = useCommands();
  const checkNow = async () => {
    const found = await run('check', () => client.data.check());
    if (found && found.state !== 'damaged') toast.success('The database is whole');
  };
  return (
    <Page
      title="Data"
      about={
        check?.state === 'checking' || busy === 'check' ? (
          'Looking at the whole database'
        ) : check?.checkedAt ? (
          <span>
            Database checked <RelativeTime at={check.checkedAt} />
          </span>
        ) : (
          'What is kept, and how much room it takes'
        )
      }
      actions={
        <Button
          icon={<ShieldCheck aria-hidden="true" size={14} />}
          busy={busy === 'check'}
          onClick={() => void checkNow()}
        >
          Check the database
        </Button>
      }
    >
      <div className="flex max-w-4xl flex-col gap-6">
        <DataProblems check={check} storage={stats.data?.disk.state} />
        {stats.error && <ProblemNotice error={stats.error} onRetry={() => void stats.refetch()} />}
        {stats.data ? <Sizes stats={stats.data} /> : !stats.error && <Skeleton rows={5} />}
        <Slot name="data.sections" />
        <Backups />
        {retention && <RetentionForm key={JSON.stringify(retention)} retention={retention} />}
        <Prune />
      </div>
    </Page>
  );
}
