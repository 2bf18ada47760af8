import type { Project } from '#main/features/projects/contract.ts';
import { useKind } from '../../../core/queries/use-kinds.ts';
import { TargetPicker } from '../../../families/contracts/target-picker.tsx';

/** The target of a project's next deployment, where there is a choice. */
export function ProjectTarget({ project }: { project: Project }) {
  const kind = useKind(project.kind);
  return kind?.target === 'chain' ? <TargetPicker project={project.id} /> : null;
}
