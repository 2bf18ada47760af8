import type { ServiceState, Services } from '../../engines/services.ts';
import type { Result, Service } from '../../shared/result.ts';
import type { Checked } from '../target.ts';

/** A result in its current state in Docker. Rejects with ENGINE_UNAVAILABLE. */
export async function checkServices(services: Services, result: Result): Promise<Checked> {
  if (result.family !== 'services') return { result, live: null };
  const seen = await Promise.all(
    result.services.map(async (service) =>
      withState(service, await services.state(service.containerId)),
    ),
  );
  return {
    result: { ...result, services: seen },
    live: seen.some(({ health }) => health !== 'stopped'),
    replaces: true,
  };
}

/** A service in the current state of its container. */
function withState(service: Service, state: ServiceState | null): Service {
  const port = state?.ports[0]?.host;
  if (state?.state !== 'running' || port === undefined) return { ...service, health: 'stopped' };
  return {
    ...service,
    port,
    url: urlOf(port),
    // It was probed before it took over; its image's own health check may know more.
    health: state.health === 'unhealthy' ? 'unhealthy' : 'healthy',
  };
}

export const urlOf = (port: number): string => `http://127.0.0.1:${port}`;
