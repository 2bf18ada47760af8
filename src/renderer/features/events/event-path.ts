import type { Event } from '#main/features/events/contract.ts';
import { chainPath } from '../chains/chain-path.ts';
import { deploymentPath } from '../deployments/deployment-path.ts';
import { networksPath } from '../networks/networks-path.ts';
import { projectPath } from '../projects/project-path.ts';
import { settingsPath } from '../settings/settings-path.ts';

/** The page that an event is about; null when it is gone. */
export function eventPath(event: Event): string | null {
  switch (event.type) {
    case 'deployment.queued':
    case 'deployment.started':
    case 'deployment.ended':
      return deploymentPath(event.deployment.id);
    case 'chain.started':
    case 'chain.stopped':
    case 'chain.ended':
    case 'snapshot.taken':
    case 'snapshot.reverted':
    case 'snapshot.removed':
      return chainPath(event.chain);
    case 'project.added':
      return projectPath(event.project.id);
    case 'network.saved':
    case 'network.removed':
      return networksPath;
    case 'settings.changed':
      return settingsPath;
    case 'project.removed':
      return null;
  }
}
