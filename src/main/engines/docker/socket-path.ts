/**
 * What is connected to for a socket or a pipe of an address; undefined for an address of another
 * kind. Pipes are written in several ways, Docker's own being `npipe:////./pipe/docker_engine`:
 * https://docs.docker.com/reference/cli/docker/#host, github.com/docker/node-sdk/issues/70.
 */
export function socketPathOf(host: string): string | undefined {
  const [, scheme, rest = ''] = /^(unix|npipe):\/\/(.*)$/.exec(host) ?? [];
  if (scheme === undefined) return undefined;
  if (scheme === 'unix') return rest;
  return `\\\\${rest.replaceAll('/', '\\').replace(/^\\+/, '')}`;
}
