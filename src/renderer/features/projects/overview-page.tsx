import { Plus } from 'lucide-react';
import { Slot } from '../../core/feature/slot.tsx';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { useProjects } from '../../core/queries/use-projects.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { openAddProject } from './add-project-state.ts';
import { Welcome } from './welcome.tsx';

/** What is in place, what runs, what failed, and how the machine is. */
export function OverviewPage() {
  const { data: projects, error, refetch } = useProjects();
  const add = (
    <Button icon={<Plus aria-hidden="true" size={15} />} onClick={openAddProject}>
      Add project
    </Button>
  );
  return (
    <Page title="Overview" actions={projects && projects.length > 0 ? add : undefined}>
      {error && !projects && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!projects && !error && <Skeleton rows={4} />}
      {projects?.length === 0 && <Welcome />}
      {projects && projects.length > 0 && (
        <div className="grid gap-6 @4xl:grid-cols-[minmax(0,1fr)_17rem]">
          <div className="flex min-w-0 flex-col gap-6">
            <Slot name="overview.sections" />
          </div>
          <div className="flex min-w-0 flex-col gap-6">
            <Slot name="overview.beside" />
          </div>
        </div>
      )}
    </Page>
  );
}
