import { History } from 'lucide-react';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { historyPath, routes } from '../../core/paths.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { ProjectRunCount, RunCount } from './run-count.tsx';

const DiffPage = lazyPart(async () => (await import('./diff-page.tsx')).DiffPage);
const HistoryPage = lazyPart(async () => (await import('./history-page.tsx')).HistoryPage);
const HistoryTab = lazyPart(async () => (await import('./history-tab.tsx')).HistoryTab);
const RunMenu = lazyPart(async () => (await import('./run-menu.tsx')).RunMenu);
const RunNotes = lazyPart(async () => (await import('./run-notes.tsx')).RunNotes);

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
