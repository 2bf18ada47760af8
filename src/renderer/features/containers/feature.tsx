import { Container } from 'lucide-react';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { containersPath } from '../../core/paths.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { ContainerCount, ContainersRunning } from './containers-running.tsx';

const ContainerCommands = lazyPart(
  async () => (await import('./container-commands.tsx')).ContainerCommands,
);
const ContainersPage = lazyPart(async () => (await import('./containers-page.tsx')).ContainersPage);

const listed = () => [
  api.containers.list.key(),
  api.containers.diskUse.key(),
  api.containers.cleanup.key(),
];

export const containers: Feature = {
  name: 'containers',
  pages: [{ path: containersPath, Page: ContainersPage }],
  places: [
    {
      title: 'Containers',
      path: containersPath,
      Icon: Container,
      keywords: ['docker', 'cpu', 'memory', 'orphans', 'stats'],
      sidebar: 'runtime',
      End: ContainerCount,
    },
  ],
  slots: {
    commands: [{ order: 120, Part: ContainerCommands }],
    'status.start': [{ order: 20, Part: ContainersRunning }],
  },
  touches: { containers: listed, engine: listed },
};
