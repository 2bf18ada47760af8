import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { Entry } from '#main/shared/kind.ts';
import { projectPath } from '../../../core/paths.ts';
import { useKind } from '../../../core/queries/use-kinds.ts';
import { useProject } from '../../../core/queries/use-projects.ts';
import { useTarget } from '../../../core/queries/use-target.ts';
import { enter } from './deploy-draft.ts';
import { openForm } from './form-open.ts';
import { offered } from './shown-inputs.ts';
import { choicesQuery } from './use-request.ts';

interface Entries {
  entries: readonly Entry[];
  /** Shows the form of the project with this one chosen. */
  choose(value: string): void;
}

/** What can be deployed in a project; null while that is loading, and when it chooses nothing. */
export function useEntries(project: number): Entries | null {
  const kind = useKind(useProject(project).project?.kind);
  const target = useTarget(project);
  const input = kind?.inputs.find(({ control }) => control === 'entry');
  const { data: choices } = useQuery({ ...choicesQuery(project), enabled: input !== undefined });
  const [, navigate] = useLocation();
  if (!input || !target || !choices) return null;
  return {
    entries: offered(choices),
    choose(value) {
      enter(project, target.name, input.name, value);
      openForm(project);
      navigate(projectPath(project));
    },
  };
}
