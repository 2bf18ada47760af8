import { Unplug } from 'lucide-react';
import { Link } from 'wouter';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { doctorPath } from '../paths.ts';

/** Shown in place of what needs a Docker daemon. `problem`: what is wrong, as sentences. */
export function NoDocker({ problem, onRetry }: { problem: string; onRetry: () => void }) {
  return (
    <EmptyState
      icon={<Unplug size={22} />}
      title="No Docker"
      action={
        <>
          <Button onClick={onRetry}>Look again</Button>
          <Link
            href={doctorPath}
            className="inline-flex h-[30px] items-center px-2 text-sm text-accent hover:underline"
          >
            Open the doctor
          </Link>
        </>
      }
    >
      {problem} Drydock also runs without Docker: chains and deployments are plain processes then.
    </EmptyState>
  );
}
