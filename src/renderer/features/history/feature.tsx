import { History } from 'lucide-react';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { historyPath, routes } from '../../core/paths.ts';
import { DiffPage } from './diff-page.tsx';
import { HistoryPage } from './history-page.tsx';
import { HistoryTab } from './history-tab.tsx';
import { ProjectRunCount, RunCount } from './run-count.tsx';
import { RunMenu } from './run-menu.tsx';
import { RunNotes } from './run-notes.tsx';

const listed = () => [api.history.key()];

export const history: Feature = {
  name: 'history',
  pages: [
    {
      path: routes.diff,
      Page: ({ params: { a, b } }) => <DiffPage a={Number(a)} b={Number(b)} />,
    },
    { path: routes.history, Page: ({ params }) => <HistoryPage segment={params.view ?? ''} /> },
  ],
  places: [
    { title: 'History', path: historyPath, Icon: History, sidebar: 'runtime', End: RunCount },
  ],
  projectTabs: [
    { id: 'history', label: 'History', order: 30, Count: ProjectRunCount, Tab: HistoryTab },
  ],
  slots: {
    'run.actions': [{ order: 20, Part: RunMenu }],
    'run.sections': [{ order: 10, Part: RunNotes }],
  },
  touches: { deployments: listed, snapshots: listed },
};
