import path from 'node:path';

/**
 * The path of a host file in Drydock's containers: the same path, so that what tools print and
 * write is valid on both sides. On Windows a drive is below `/c`, a Linux distribution
 * (`//wsl.localhost/Ubuntu`, `//wsl$/Ubuntu`) below `/wsl/Ubuntu`, and a share (`//server/share`)
 * below `/unc/server/share`.
 */
export function containerPath(file: string, platform: NodeJS.Platform = process.platform): string {
  if (platform !== 'win32') return file;
  const { root } = path.win32.parse(file);
  const top = topOf(root.replaceAll('\\', '/'));
  // Without a drive it is one of a container already, or no path.
  if (top === undefined) return file;
  return path.posix.join(top, ...file.slice(root.length).split(/[\\/]+/));
}

function topOf(root: string): string | undefined {
  const [, drive] = /^([A-Za-z]):\/$/.exec(root) ?? [];
  if (drive !== undefined) return `/${drive.toLowerCase()}`;
  const [, server, share] = /^\/\/([^/?.][^/]*)\/([^/]+)\/$/.exec(root) ?? [];
  if (server === undefined) return undefined;
  const isDistribution = /^wsl(\$|\.localhost)$/i.test(server);
  return isDistribution ? `/wsl/${share}` : `/unc/${server.toLowerCase()}/${share}`;
}
