import { Section } from '../../../ui/section.tsx';
import { HistoryTable } from './history-table.tsx';

/** The latest runs of all projects, on the overview. */
export function LatestDeployments() {
  return (
    <Section title="Latest deployments">
      <HistoryTable
        latest={6}
        empty={
          <p className="text-sm text-ink-dim">Nothing deployed yet. Open a project and press D.</p>
        }
      />
    </Section>
  );
}
