import type { Change } from '../app/contract.ts';
import type { Event } from './contract.ts';

/** What a screen has to ask for again after an event. */
export function changesOf(event: Event): Change[] {
  switch (event.type) {
    case 'deployment.queued':
    case 'deployment.started':
    case 'deployment.ended':
      return [{ topic: 'deployments', key: event.deployment.id }];
    case 'chain.started':
    case 'chain.stopped':
    case 'chain.ended':
    case 'origin.refused':
    case 'nonce.mended':
    case 'nonce.off':
      return [{ topic: 'chains', key: event.chain }];
    case 'gateway.replaced':
      return [{ topic: 'chains' }];
    case 'snapshot.taken':
    case 'snapshot.removed':
      return [{ topic: 'snapshots', key: event.chain }];
    case 'snapshot.reverted':
      return [
        { topic: 'snapshots', key: event.chain },
        { topic: 'chains', key: event.chain },
        { topic: 'deployments' },
      ];
    case 'project.added':
    case 'project.removed':
      return [{ topic: 'projects', key: event.project.id }];
    case 'network.saved':
    case 'network.removed':
      return [
        { topic: 'networks', key: event.network },
        { topic: 'chains', key: event.network },
      ];
    case 'settings.changed':
      return [{ topic: 'settings' }];
  }
}
