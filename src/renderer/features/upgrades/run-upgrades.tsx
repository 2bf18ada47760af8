import { useQuery } from '@tanstack/react-query';
import { api } from '../../core/client.ts';
import type { SlotProps } from '../../core/feature/slots.ts';
import { Section } from '../../ui/section.tsx';
import { UpgradeReport } from './upgrade-report.tsx';

/** What was found of a run's upgrades before it sent them. */
export function RunUpgrades({ run }: SlotProps['run.ended']) {
  const checked = useQuery(
    api.upgrades.ofRun.queryOptions({
      input: { id: run.id },
      enabled: run.family === 'contracts',
    }),
  ).data;
  return checked?.map((report, i) => (
    <Section
      // biome-ignore lint/suspicious/noArrayIndexKey: they are kept in an order, and only added to
      key={i}
      title={`Upgrade of ${report.from.name ?? report.proxy.address}`}
      aside={report.allowed && 'It was allowed all the same'}
    >
      <UpgradeReport report={report} isOfRun />
    </Section>
  ));
}
