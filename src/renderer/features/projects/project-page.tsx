import { FolderX } from 'lucide-react';
import { Redirect, useLocation } from 'wouter';
import type { Project } from '#main/features/projects/contract.ts';
import type { ProjectTab } from '../../core/feature/feature.ts';
import { useFeatures } from '../../core/feature/features-context.ts';
import { projectPath } from '../../core/paths.ts';
import { useKind } from '../../core/queries/use-kinds.ts';
import { useProject } from '../../core/queries/use-projects.ts';
import { familyOf } from '../../families/all.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { ProjectHeader } from './project-header.tsx';

/** The tabs of all features, and the one with the results of its deployments. */
function useTabs({ kind }: Project): ProjectTab[] {
  const family = useKind(kind)?.family;
  const tabs = useFeatures().flatMap((feature) => feature.projectTabs ?? []);
  const own = family ? [{ ...familyOf(family).tab, order: 20 }] : [];
  return [...tabs, ...own].sort((a, b) => a.order - b.order);
}

export function ProjectPage({ id, tab = 'deploy' }: { id: number; tab?: string }) {
  const { project } = useProject(id);
  if (project === undefined) return null;
  if (project === null) {
    return (
      <div className="p-5">
        <EmptyState icon={<FolderX size={22} />} title="This project isn’t in Drydock any more">
          It was removed. Its folder is untouched; add it again with the + beside Projects.
        </EmptyState>
      </div>
    );
  }
  return <Known project={project} tab={tab} />;
}

function Known({ project, tab }: { project: Project; tab: string }) {
  const { id } = project;
  const kind = useKind(project.kind);
  const [, navigate] = useLocation();
  const tabs = useTabs(project);
  const chosen = tabs.find((one) => one.id === tab);
  // The results tab appears once the project's kind is known.
  if (!kind) return null;
  if (!chosen) return <Redirect to={projectPath(id)} />;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <title>{`${project.name} · Drydock`}</title>
      <ProjectHeader project={project} />
      {project.missing && (
        <div className="px-5 pb-2">
          <ErrorNotice
            tone="warn"
            message={`The folder ${project.path} is gone or has no ${kind.markers.join(' or ')} any more. Put it back, or remove the project and add it where it is now. Its history stays here until then.`}
          />
        </div>
      )}
      <Tabs
        label="Project"
        value={tab}
        onChange={(next) => navigate(projectPath(id, next))}
        tabs={tabs.map(({ id: value, label, Count }) => ({
          id: value,
          label,
          count: Count && <Count project={id} />,
        }))}
      >
        <chosen.Tab project={id} />
      </Tabs>
    </div>
  );
}
