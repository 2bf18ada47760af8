import { Container } from 'lucide-react';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { containersPath } from '../../core/paths.ts';
import { ContainerCommands } from './container-commands.tsx';
import { ContainersPage } from './containers-page.tsx';
import { ContainerCount, ContainersRunning } from './containers-running.tsx';

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
