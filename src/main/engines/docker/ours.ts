import { homeId, labels, named } from './labels.ts';
import { serviceName } from './service.ts';
import { workspaceName } from './workspace.ts';

type Labels = Record<string, string> | null | undefined;

/**
 * Whether a container is one of ours. Its labels alone don't tell: what is made from an image that
 * was committed from one of ours has them too, but not the name that we would have given it.
 */
export function isOurs({ Names, Labels }: { Names: string[]; Labels: Labels }): boolean {
  const home = homeOf(Labels);
  if (home === undefined) return false;
  const name = Labels?.[labels.name] ?? '';
  const kind = Labels?.[labels.kind];
  if (kind === 'workspace') {
    return Names.includes(`/${workspaceName(home, Number(name), Labels?.[labels.once])}`);
  }
  return kind === 'chain' && Names.includes(`/${serviceName(home, name)}`);
}

export function isOurVolume({ Name, Labels }: { Name: string; Labels: Labels }): boolean {
  const home = homeOf(Labels);
  return home !== undefined && Name.startsWith(`${named(home)}-`);
}

function homeOf(all: Labels): string | undefined {
  const home = all?.[labels.home];
  const data = all?.[labels.data];
  return data !== undefined && home === homeId(data) ? home : undefined;
}
