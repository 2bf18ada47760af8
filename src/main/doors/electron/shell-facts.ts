import type { Client } from '../host/connect-to.ts';

/** What the tray, the dock and the taskbar show. */
export interface ShellFacts {
  chains: readonly { name: string; status: string; block: number | null }[];
  /** The deployments that run, newest first. */
  running: readonly { id: number; title: string }[];
}

export async function readShellFacts(client: Client): Promise<ShellFacts> {
  const [chains, { items }] = await Promise.all([
    client.chains.list(),
    client.deployments.list({ status: 'running' }),
  ]);
  return {
    chains: chains.map(({ name, status, blockNumber }) => ({ name, status, block: blockNumber })),
    running: items.map(({ id, number, project, target }) => ({
      id,
      title: `${project.name} #${number} on ${target}`,
    })),
  };
}

/**
 * For the bar of the dock or taskbar: how far it is, and the number on the icon. How long a
 * deployment takes isn't known, so the bar only moves (2, by Electron's rules); -1 takes it away.
 */
export const taskbarOf = ({ running }: ShellFacts): { progress: number; badge: number } => ({
  progress: running.length > 0 ? 2 : -1,
  badge: running.length,
});
