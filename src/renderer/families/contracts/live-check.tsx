import { Radio } from 'lucide-react';
import { useState } from 'react';
import type { LiveCheck as Check } from '#main/features/history/contract.ts';
import { client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { Button } from '../../ui/button.tsx';
import { plural } from '../../ui/format.ts';
import { type Tone, toneText } from '../../ui/state-dot.tsx';

const tones: Record<Check['live'], Tone> = {
  all: 'ok',
  some: 'warn',
  none: 'idle',
  unknown: 'warn',
};

function words(check: Check): string {
  if (check.problem) return check.problem;
  const others = check.contracts.filter((one) => one.sameCode === false).length;
  const other =
    others > 0 ? `; other code stands at ${plural(others, 'address', 'addresses')}` : '';
  if (check.live === 'all') return 'The chain has all of them.';
  if (check.live === 'none') return `The chain has none of them${other}.`;
  const there = check.contracts.filter((one) => one.present && one.sameCode !== false).length;
  return `The chain has ${there} of ${check.contracts.length}${other}.`;
}

/** Asks the chain itself whether the contracts exist. */
export function LiveCheck({ id }: { id: number }) {
  const [check, setCheck] = useState<Check | null>(null);
  const { busy, run } = useCommands();
  return (
    <span className="inline-flex min-w-0 items-center gap-2">
      <span role="status" className={`truncate ${check ? toneText[tones[check.live]] : ''}`}>
        {check && words(check)}
      </span>
      <Button
        size="sm"
        variant="ghost"
        busy={busy !== null}
        icon={<Radio aria-hidden="true" size={14} />}
        onClick={() => void run('live', async () => setCheck(await client.history.live({ id })))}
      >
        Check the chain
      </Button>
    </span>
  );
}
