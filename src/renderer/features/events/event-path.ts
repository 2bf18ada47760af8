import type { Event } from '#main/features/events/contract.ts';
import {
  chainPath,
  deploymentPath,
  doctorPath,
  networksPath,
  projectPath,
  settingsPath,
} from '../../core/paths.ts';

/** The page of an event's subject; null when that no longer exists. */
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
    case 'origin.refused':
    case 'nonce.mended':
    case 'nonce.off':
      return chainPath(event.chain);
    case 'project.added':
      return projectPath(event.project.id);
    case 'network.saved':
    case 'network.removed':
      return networksPath;
    case 'settings.changed':
      return settingsPath;
    case 'gateway.replaced':
      return doctorPath;
    case 'project.removed':
      return null;
  }
}
