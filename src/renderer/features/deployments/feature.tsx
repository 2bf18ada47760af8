import { CircleAlert, ListOrdered } from 'lucide-react';
import { Redirect } from 'wouter';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { attentionPath, queuePath, routes } from '../../core/paths.ts';
import { AttentionCount, useAttentionDetail } from './attention/attention-count.tsx';
import { AttentionList } from './attention/attention-list.tsx';
import { NeedsYou } from './attention/needs-you.tsx';
import { DeployButton } from './form/deploy-button.tsx';
import { DeployCommands, DeployOptionCommands } from './form/deploy-commands.tsx';
import { DeployContract } from './form/deploy-contract.tsx';
import { DeployTab } from './form/deploy-tab.tsx';
import { ProjectTarget } from './form/project-target.tsx';
import { TimeLimits } from './form/time-limits.tsx';
import { CancelCommands } from './queue/queue-commands.tsx';
import { QueueCount, QueueStatus } from './queue/queue-counts.tsx';
import { useQueueDetail } from './queue/queue-details.ts';
import { QueuePage } from './queue/queue-page.tsx';
import { RunningNow } from './queue/running-now.tsx';
import { DeploymentCommands } from './run/deployment-commands.tsx';
import { DeploymentPage } from './run/deployment-page.tsx';
import { LatestDeployments } from './run/latest-deployments.tsx';
import { RunDialogs } from './run/run-dialogs.tsx';
import { RunKeys } from './run/run-keys.tsx';

export const deployments: Feature = {
  name: 'deployments',
  pages: [
    {
      path: routes.deployment,
      Page: ({ params: { id } }) => <DeploymentPage key={id} id={Number(id)} />,
    },
    { path: queuePath, Page: QueuePage },
    // The address that these runs had once.
    { path: '/dead-letters', Page: () => <Redirect to={attentionPath} /> },
  ],
  places: [
    {
      title: 'Queue',
      path: queuePath,
      Icon: ListOrdered,
      keywords: ['running', 'waiting'],
      sidebar: 'runtime',
      End: QueueCount,
      useDetail: useQueueDetail,
    },
    {
      title: 'Needs attention',
      path: attentionPath,
      Icon: CircleAlert,
      keywords: ['failed', 'retry', 'interrupted'],
      useDetail: useAttentionDetail,
    },
  ],
  projectTabs: [{ id: 'deploy', label: 'Deploy', order: 10, Tab: DeployTab }],
  slots: {
    commands: [
      { order: 10, Part: DeployCommands },
      { order: 50, Part: DeployOptionCommands },
      { order: 70, Part: CancelCommands },
      { order: 140, Part: DeploymentCommands },
    ],
    overlays: [{ order: 30, Part: RunDialogs }],
    background: [{ order: 30, Part: RunKeys }],
    'status.end': [{ order: 10, Part: QueueStatus }],
    'history.count': [{ order: 10, Part: AttentionCount }],
    'history.attention': [{ order: 10, Part: AttentionList }],
    'overview.sections': [
      { order: 10, Part: NeedsYou },
      { order: 20, Part: RunningNow },
      { order: 40, Part: LatestDeployments },
    ],
    'project.header': [
      { order: 10, Part: ProjectTarget },
      { order: 30, Part: DeployButton },
    ],
    'contract.actions': [{ order: 10, Part: DeployContract }],
    'project.settings': [{ order: 40, Part: TimeLimits }],
  },
  touches: {
    deployments: (key) => [
      api.deployments.list.key(),
      api.deployments.queue.key(),
      api.deployments.get.key({ input: typeof key === 'number' ? { id: key } : undefined }),
    ],
    snapshots: () => [api.deployments.list.key(), api.deployments.get.key()],
  },
};
