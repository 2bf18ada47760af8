import { DockerDaemon } from '#main/engines/docker/daemon.ts';
import type { Chain } from '#main/features/chains/contract.ts';

/** Ends a chain as a crash would, whichever engine it runs on. */
export async function killChain({ pid, container }: Chain): Promise<void> {
  if (pid !== null) process.kill(pid, 'SIGKILL');
  if (container === null) return;
  const daemon = new DockerDaemon({ dockerHost: () => '', changed: () => undefined });
  const { docker } = await daemon.require();
  await docker.getContainer(container).kill({ signal: 'SIGKILL' });
}
