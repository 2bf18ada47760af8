import { Server } from 'lucide-react';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ServiceList } from './services-table.tsx';
import { useLiveServices } from './use-live-services.ts';

/** A project's running services. */
export function LiveServices({ project }: { project: number }) {
  const { services, isPending, error } = useLiveServices(project);
  return (
    <div className="p-5">
      {error ? (
        <ProblemNotice error={error} />
      ) : isPending ? (
        <Skeleton />
      ) : services.length > 0 ? (
        <ServiceList services={services} />
      ) : (
        <EmptyState icon={<Server size={22} />} title="Nothing of this project runs">
          A deploy builds its image, starts it on a free port of this machine and waits until it
          responds; its address, its health and its log stand here then. Press D to deploy.
        </EmptyState>
      )}
    </div>
  );
}
