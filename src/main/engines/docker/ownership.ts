import { homeId, labels, named } from './labels.ts';
import { serviceName } from './service-container.ts';
import { workspaceName } from './workspace.ts';

type Labels = Record<string, string> | null | undefined;

/**
 * Whether a container is Drydock's. Its labels alone don't tell: an image that was committed from
 * one of Drydock's containers passes on the labels, but not the matching name.
 */
export function isOwned({ Names, Labels }: { Names: string[]; Labels: Labels }): boolean {
  const home = homeOf(Labels);
  if (home === undefined) return false;
  const name = Labels?.[labels.name] ?? '';
  const kind = Labels?.[labels.kind];
  if (kind === 'workspace') {
    return Names.includes(`/${workspaceName(home, Number(name), Labels?.[labels.once])}`);
  }
  if (kind !== 'chain' && kind !== 'app') return false;
  return Names.includes(`/${serviceName(home, kind, name)}`);
}

export function isOwnedVolume({ Name, Labels }: { Name: string; Labels: Labels }): boolean {
  const home = homeOf(Labels);
  return home !== undefined && Name.startsWith(`${named(home)}-`);
}

function homeOf(all: Labels): string | undefined {
  const home = all?.[labels.home];
  const data = all?.[labels.data];
  return data !== undefined && home === homeId(data) ? home : undefined;
}
