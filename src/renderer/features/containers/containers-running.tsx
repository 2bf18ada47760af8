import { plural } from '../../ui/format.ts';
import { useRunningContainers } from './use-containers.ts';

/** The number of running containers, in the status bar. */
export function ContainersRunning() {
  const running = useRunningContainers();
  return running ? <span>{plural(running, 'container')}</span> : null;
}

/** The same in the sidebar. */
export function ContainerCount() {
  const running = useRunningContainers();
  return running ? (
    <span className="text-2xs text-ink-dim nums" title={`${running} running`}>
      {running}
    </span>
  ) : null;
}
