import { useInView } from '../../core/in-view.ts';
import { toggleRoom } from '../../core/panel/panel-room.ts';
import { useProjects } from '../../core/queries/use-projects.ts';
import { useShells } from '../../features/terminals/use-shells.ts';
import { usePanelEmpty } from './use-panel-empty.ts';

/** The project in which the panel opens shells. */
export function useShellProject() {
  const inView = useInView().project;
  const first = useProjects().data?.[0];
  return inView ?? first;
}

/** Shows or hides the terminal; one that is empty begins with a shell. */
export function useToggleTerminal(): () => void {
  const isEmpty = usePanelEmpty();
  const project = useShellProject();
  const { open } = useShells();
  return () => {
    if (!isEmpty) toggleRoom();
    else if (project) void open(project.id);
  };
}
