import { LayoutDashboard } from 'lucide-react';
import type { InstallInput } from '#main/features/projects/contract.ts';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { overviewPath, routes } from '../../core/paths.ts';
import { AddProjectDialog } from './add-project-dialog.tsx';
import { openAddProjectAt } from './add-project-state.ts';
import { InstallDialog } from './install-dialog.tsx';
import { installLibraries } from './install-state.ts';
import { OverviewPage } from './overview-page.tsx';
import { ProjectCommands } from './project-commands.tsx';
import { ProjectPage } from './project-page.tsx';
import { SettingsTab } from './settings-tab.tsx';
import { SidebarProjects } from './sidebar-projects.tsx';
import { TrustDialog } from './trust-dialog.tsx';

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
      { order: 40, Part: InstallDialog },
      { order: 50, Part: TrustDialog },
    ],
  },
  remedies: {
    'projects.install': (input, then) => void installLibraries(input as InstallInput, then),
  },
  dialogs: { 'add-project': (folder = '') => openAddProjectAt(folder) },
  touches: { projects: () => [api.projects.key()] },
};
