import type { SlotProps } from '../../../core/feature/slots.ts';
import { Button } from '../../../ui/button.tsx';
import { useEntries } from '../request/use-entries.ts';

/** Leads to the form that deploys a contract anew, where its project has one of that name alone. */
export function DeployContract({ project, contract }: SlotProps['contract.actions']) {
  const found = useEntries(project);
  const [entry, other] = found?.entries.filter(({ label }) => label === contract) ?? [];
  if (!found || !entry || other) return null;
  return (
    <Button
      variant="ghost"
      size="sm"
      aria-label={`Deploy ${contract}…`}
      onClick={() => found.choose(entry.value)}
    >
      Deploy…
    </Button>
  );
}
