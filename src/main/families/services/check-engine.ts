import { AppError } from '../../shared/errors.ts';
import type { Service, ServicesResult } from '../../shared/result.ts';
import type { Standing } from '../contract.ts';
import type { Run } from '../family.ts';
import type { ServicesCheck } from './contract.ts';

/** A container as it is now, as far as it matters here. */
export interface ContainerNow {
  state: string;
  health: 'starting' | 'healthy' | 'unhealthy' | null;
}

/** @returns null when there is no such container. Rejects with ENGINE_UNAVAILABLE. */
export type AskContainer = (container: string) => Promise<ContainerNow | null>;

/** Asks the engine whether the services of a run are there. */
export async function checkEngine(
  ask: AskContainer,
  { result }: Run<ServicesResult>,
): Promise<Standing & ServicesCheck> {
  const services = result?.services ?? [];
  try {
    const checked = await Promise.all(
      services.map(async ({ name, url, containerId }) => ({
        ...{ name, url, health: healthOf(await ask(containerId)) },
      })),
    );
    const running = checked.filter(({ health }) => health !== 'stopped').length;
    return {
      live: running === 0 ? 'none' : running === checked.length ? 'all' : 'some',
      problem: services.length === 0 ? 'It started no service.' : null,
      services: checked,
    };
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'ENGINE_UNAVAILABLE')) throw error;
    return {
      live: 'unknown',
      problem: error.message,
      services: services.map(({ name, url }) => ({ name, url, health: null })),
    };
  }
}

/** One that has no check of its own is healthy while it runs. */
function healthOf(now: ContainerNow | null): Service['health'] {
  return now?.state === 'running' ? (now.health ?? 'healthy') : 'stopped';
}
