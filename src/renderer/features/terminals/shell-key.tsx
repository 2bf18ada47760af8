import type { InView } from '../../core/feature/slots.ts';
import { keys } from '../../core/keys/keys.ts';
import { useKey } from '../../core/keys/use-key.ts';
import { showTab } from '../../core/panel/panel-store.ts';
import { shellTabOf } from './shell-tab.ts';
import { useShells } from './use-shells.ts';
import { useTerminals } from './use-terminals.ts';

/** T shows the shell of the project in view; without one it opens one. */
export function ShellKey({ project }: InView) {
  const { open } = useShells();
  const known = useTerminals().data?.findLast((one) => one.project.id === project?.id);
  useKey(
    keys.shell,
    () => {
      if (known) showTab(shellTabOf(known));
      else if (project) void open(project.id);
    },
    { enabled: project !== null },
  );
  return null;
}
