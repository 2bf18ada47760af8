import { GitCompare } from 'lucide-react';
import { useLocation } from 'wouter';
import type { Snapshot } from '#main/features/chains/contract.ts';
import { stateDiffPath } from '../../core/paths.ts';
import { IconButton } from '../../ui/icon-button.tsx';

/** Leads from a snapshot to what has changed since. */
export function CompareSnapshot({ snapshot: { chain, id, name } }: { snapshot: Snapshot }) {
  const [, navigate] = useLocation();
  return (
    <IconButton
      label={`Compare with now: ${name}`}
      icon={<GitCompare size={13} />}
      className="size-[22px]"
      onClick={() => navigate(stateDiffPath(chain, id))}
    />
  );
}
