import type { Logger } from 'pino';
import type { DockerEngine } from './docker-engine.ts';

const IDLE_MS = 2 * 3_600_000;
const LOOK_EVERY_MS = 10 * 60_000;

/** Frees the memory of idle workspaces. Returns a function that stops it. */
export function stopIdleWorkspaces(engine: DockerEngine, logger: Logger): () => void {
  const look = () =>
    engine.stopIdle(IDLE_MS).catch((error: unknown) => {
      logger.warn({ err: error }, 'idle workspaces could not be stopped');
    });
  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  return () => clearInterval(timer);
}
