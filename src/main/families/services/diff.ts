import { distinctNames } from '../../lib/distinct-names.ts';
import type { ServicesResult } from '../../shared/result.ts';
import type { Difference } from '../family.ts';
import type { ServiceDiff, ServiceSide, ServicesDiff } from './contract.ts';

type Side = Pick<ServicesResult, 'services'> | null;

/**
 * What differs between what two runs started. Pure; containers and releases are others each time and
 * don't count.
 */
export function diffServices(a: Side, b: Side): Difference<ServicesDiff> {
  const [left, right] = [namedServices(a), namedServices(b)];
  const services = [...new Set([...left.keys(), ...right.keys()])].map((name) => {
    const [one, other] = [left.get(name) ?? null, right.get(name) ?? null];
    return { name, a: one, b: other, changes: changesOf(one, other) };
  });
  const same = services.every(({ changes }) => changes.length === 0);
  return { facts: [], parts: { services }, same };
}

function namedServices(side: Side): Map<string, ServiceSide> {
  const { services = [] } = side ?? {};
  const names = distinctNames(services.map(({ name }) => name));
  return new Map(
    services.map(({ image, url, port, health, container }, i) => [
      names[i] as string,
      { image, url, port, health, container },
    ]),
  );
}

function changesOf(a: ServiceSide | null, b: ServiceSide | null): ServiceDiff['changes'] {
  if (!a || !b) return a ? ['removed'] : ['added'];
  return (['image', 'url', 'port', 'health'] as const).filter((what) => a[what] !== b[what]);
}
