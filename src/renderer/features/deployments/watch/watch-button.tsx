import { Eye } from 'lucide-react';
import type { Project } from '#main/features/projects/contract.ts';
import { keys } from '../../../core/keys/keys.ts';
import { useKey } from '../../../core/keys/use-key.ts';
import { Button } from '../../../ui/button.tsx';
import { Tooltip } from '../../../ui/tooltip.tsx';
import { useWatchMode } from './use-watch.ts';

/** Deploys, and again after each change of a source. W does the same. */
export function WatchButton({ project }: { project: Project }) {
  const { watch, isOffered, busy, toggle } = useWatchMode(project.id);
  useKey(keys.watch, toggle, { enabled: isOffered });
  if (!isOffered) return null;
  const isOn = watch !== undefined;
  return (
    <Tooltip text={isOn ? 'Stop deploying after each change (W)' : 'Deploy after each change (W)'}>
      <Button
        aria-pressed={isOn}
        aria-keyshortcuts="W"
        busy={busy}
        icon={<Eye aria-hidden="true" size={15} className={isOn ? 'text-ok' : undefined} />}
        onClick={toggle}
      >
        {isOn ? 'Watching' : 'Watch'}
      </Button>
    </Tooltip>
  );
}
