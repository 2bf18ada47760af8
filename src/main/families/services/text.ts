import { table } from '../../lib/cli/cli.ts';
import { colors } from '../../lib/cli/colors.ts';
import { section } from '../../lib/cli/section.ts';
import type { ServicesResult } from '../../shared/result.ts';
import type { ServiceDiff, ServiceSide, ServicesCheck, ServicesDiff } from './contract.ts';

/** What a run has started, as a table. */
export const servicesText = ({ services }: ServicesResult): string =>
  table(
    ['SERVICE', 'URL', 'HEALTH', 'RELEASE'],
    services.map((s) => [s.name, s.url, s.health, s.release]),
  );

/** A comparison in a terminal; null where a part has nothing to show. */
export function servicesDiffText({ services }: ServicesDiff): (string | null)[] {
  return [
    section(
      'Services',
      ['SERVICE', 'CHANGES', 'A', 'B'],
      services.map(({ name, a, b, changes }) => [
        name,
        changes.join(', ') || colors.dim('same'),
        sideText(a),
        sideText(b),
      ]),
    ),
    section(
      'Images',
      ['SERVICE', 'A', 'B'],
      services
        .filter(hasOtherImage)
        .map(({ name, a, b }) => [...[name, a?.image ?? null, b?.image ?? null]]),
    ),
  ];
}

export function servicesCheckText({ services }: ServicesCheck): string | null {
  if (services.length === 0) return null;
  return table(
    ['SERVICE', 'URL', 'HEALTH'],
    services.map(({ name, url, health }) => [name, url, health ?? 'not known']),
  );
}

const hasOtherImage = ({ changes }: ServiceDiff): boolean => changes.includes('image');

const sideText = (side: ServiceSide | null): string | null =>
  side && `${side.url ?? 'no port'}, ${side.health}`;
