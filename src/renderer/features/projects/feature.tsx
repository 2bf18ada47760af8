import { LayoutDashboard } from 'lucide-react';
import type { InstallInput } from '#main/features/projects/contract.ts';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { overviewPath, routes } from '../../core/paths.ts';
import { laterPart, lazyPart } from '../../ui/lazy-part.tsx';
import { openAddProjectAt } from './add-project-state.ts';
import { installLibraries } from './install-state.ts';
import { openNewProject } from './new-project-state.ts';
import { OverviewPage } from './overview-page.tsx';
import { SidebarProjects } from './sidebar-projects.tsx';

const AddProjectDialog = laterPart(
  async () => (await import('./add-project-dialog.tsx')).AddProjectDialog,
);
const EditProjectDialog = laterPart(
  async () => (await import('./edit-project-dialog.tsx')).EditProjectDialog,
);
const InstallDialog = laterPart(async () => (await import('./install-dialog.tsx')).InstallDialog);
const NewProjectDialog = laterPart(
  async () => (await import('./new-project-dialog.tsx')).NewProjectDialog,
);
const ProjectCommands = lazyPart(
  async () => (await import('./project-commands.tsx')).ProjectCommands,
);
const ProjectPage = lazyPart(async () => (await import('./project-page.tsx')).ProjectPage);
const SettingsTab = lazyPart(async () => (await import('./settings-tab.tsx')).SettingsTab);
const TrustDialog = laterPart(async () => (await import('./trust-dialog.tsx')).TrustDialog);

export const projects: Feature = {
  name: 'projects',
  pages: [
    { path: overviewPath, Page: OverviewPage },
    {
      path: routes.project,
      Page: ({ params: { id, tab } }) => <ProjectPage key={id} id={Number(id)} tab={tab} />,
    },
  ],
  places: [{ title: 'Overview', path: overviewPath, Icon: LayoutDashboard, sidebar: 'head' }],
  projectTabs: [{ id: 'settings', label: 'Settings', order: 40, Tab: SettingsTab }],
  slots: {
    sidebar: [{ order: 10, Part: SidebarProjects }],
    commands: [{ order: 30, Part: ProjectCommands }],
    overlays: [
      { order: 10, Part: AddProjectDialog },
      { order: 11, Part: NewProjectDialog },
      { order: 12, Part: EditProjectDialog },
      { order: 40, Part: InstallDialog },
      { order: 50, Part: TrustDialog },
    ],
  },
  remedies: {
    'projects.install': (input, then) => void installLibraries(input as InstallInput, then),
  },
  dialogs: {
    'add-project': (folder = '') => openAddProjectAt(folder),
    'new-project': openNewProject,
  },
  touches: { projects: () => [api.projects.key()] },
};
