import { ChartColumn } from 'lucide-react';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { insightsPath } from '../../core/paths.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { LiveNow } from './live-now.tsx';
import { MachineCard } from './machine-card.tsx';
import { OverviewRuns } from './overview-runs.tsx';

const InsightsPage = lazyPart(async () => (await import('./insights-page.tsx')).InsightsPage);

const all = () => [api.insights.key()];

export const insights: Feature = {
  name: 'insights',
  pages: [{ path: insightsPath, Page: InsightsPage }],
  places: [
    {
      title: 'Insights',
      path: insightsPath,
      Icon: ChartColumn,
      keywords: ['statistics', 'success rate', 'durations'],
      sidebar: 'runtime',
    },
  ],
  slots: {
    'overview.sections': [
      { order: 30, Part: LiveNow },
      { order: 50, Part: OverviewRuns },
    ],
    'overview.beside': [{ order: 20, Part: MachineCard }],
  },
  touches: { deployments: all, snapshots: all, projects: all },
};
