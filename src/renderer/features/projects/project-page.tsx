import { FolderX } from 'lucide-react';
import { useLocation } from 'wouter';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useLatestRun } from '../deployments/use-latest-run.ts';
import { ContractsTab } from './contracts-tab.tsx';
import { DeployTab } from './deploy-tab.tsx';
import { HistoryTab } from './history-tab.tsx';
import { ProjectHeader } from './project-header.tsx';
import { type ProjectTab, projectPath } from './project-path.ts';
import { SettingsTab } from './settings-tab.tsx';
import { useLiveRuns } from './use-live-runs.ts';
import { useProject } from './use-projects.ts';

export function ProjectPage({ id, tab }: { id: number; tab: ProjectTab }) {
  const { project } = useProject(id);
  const [, navigate] = useLocation();
  const { total } = useLatestRun(id);
  const contracts = useLiveRuns(id);

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
  return (
    <div className="flex h-full min-h-0 flex-col">
      <title>{`${project.name} · Drydock`}</title>
      <ProjectHeader project={project} />
      {project.missing && (
        <div className="px-5 pb-2">
          <ErrorNotice
            tone="warn"
            message={`The folder ${project.path} is gone or has no foundry.toml any more. Put it back, or remove the project and add it where it is now. Its history stays here until then.`}
          />
        </div>
      )}
      <Tabs<ProjectTab>
        label="Project"
        value={tab}
        onChange={(next) => navigate(projectPath(id, next))}
        tabs={[
          { id: 'deploy', label: 'Deploy' },
          { id: 'contracts', label: 'Contracts', count: contracts.count },
          { id: 'history', label: 'History', count: total },
          { id: 'settings', label: 'Settings' },
        ]}
      >
        {tab === 'deploy' && <DeployTab project={id} />}
        {tab === 'contracts' && <ContractsTab project={id} />}
        {tab === 'history' && <HistoryTab project={id} />}
        {tab === 'settings' && <SettingsTab project={project} />}
      </Tabs>
    </div>
  );
}
