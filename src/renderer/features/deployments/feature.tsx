import { CircleAlert, ListOrdered } from 'lucide-react';
import { Redirect } from 'wouter';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { attentionPath, queuePath, routes } from '../../core/paths.ts';
import { laterPart, lazyPart } from '../../ui/lazy-part.tsx';
import { AttentionCount, useAttentionDetail } from './attention/attention-count.tsx';
import { NeedsYou } from './attention/needs-you.tsx';
import { QueueCount, QueueStatus } from './queue/queue-counts.tsx';
import { useQueueDetail } from './queue/queue-details.ts';
import { RunningNow } from './queue/running-now.tsx';
import { askRedeployOf, askRollbackOf } from './run/ask-about-run.ts';
import { LatestDeployments } from './run/latest-deployments.tsx';
import { RunKeys } from './run/run-keys.tsx';

const AttentionList = lazyPart(
  async () => (await import('./attention/attention-list.tsx')).AttentionList,
);
const DeployButton = lazyPart(async () => (await import('./form/deploy-button.tsx')).DeployButton);
const DeployCommands = lazyPart(
  async () => (await import('./form/deploy-commands.tsx')).DeployCommands,
);
const DeployOptionCommands = lazyPart(
  async () => (await import('./form/deploy-commands.tsx')).DeployOptionCommands,
);
const DeployContract = lazyPart(
  async () => (await import('./form/deploy-contract.tsx')).DeployContract,
);
const DeployTab = lazyPart(async () => (await import('./form/deploy-tab.tsx')).DeployTab);
const TimeLimits = lazyPart(async () => (await import('./form/time-limits.tsx')).TimeLimits);
const CancelCommands = lazyPart(
  async () => (await import('./queue/queue-commands.tsx')).CancelCommands,
);
const QueuePage = lazyPart(async () => (await import('./queue/queue-page.tsx')).QueuePage);
const DeploymentCommands = lazyPart(
  async () => (await import('./run/deployment-commands.tsx')).DeploymentCommands,
);
const DeploymentPage = lazyPart(
  async () => (await import('./run/deployment-page.tsx')).DeploymentPage,
);
const RunDialogs = laterPart(async () => (await import('./run/run-dialogs.tsx')).RunDialogs);

const WatchButton = lazyPart(async () => (await import('./watch/watch-button.tsx')).WatchButton);
const ProjectTarget = lazyPart(
  async () => (await import('./form/project-target.tsx')).ProjectTarget,
);

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
      { order: 20, Part: WatchButton },
      { order: 30, Part: DeployButton },
    ],
    'contract.actions': [{ order: 10, Part: DeployContract }],
    'project.settings': [{ order: 40, Part: TimeLimits }],
  },
  dialogs: { 'roll-back': askRollbackOf, 'try-again': askRedeployOf },
  touches: {
    deployments: (key) => [
      api.deployments.list.key(),
      api.deployments.queue.key(),
      api.deployments.get.key({ input: typeof key === 'number' ? { id: key } : undefined }),
    ],
    watches: () => [api.watches.list.key()],
    snapshots: () => [api.deployments.list.key(), api.deployments.get.key()],
  },
};
