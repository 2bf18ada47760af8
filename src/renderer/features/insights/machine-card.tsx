import { useQuery } from '@tanstack/react-query';
import { api } from '../../core/client.ts';
import { bytes } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';

/** Memory changes while nobody tells. */
const EVERY_MS = 10_000;

function Use({ name, total, available }: { name: string; total: number; available: number }) {
  const used = total - available;
  return (
    <div>
      <div className="flex items-baseline justify-between gap-2 text-xs">
        <span>{name}</span>
        <span className="text-ink-dim nums">
          <span className="font-semibold text-ink">{bytes(used)}</span> of {bytes(total)}
        </span>
      </div>
      <div aria-hidden="true" className="mt-1.5 h-1 overflow-hidden rounded-full bg-line">
        <div
          className={used / total > 0.9 ? 'h-full bg-warn' : 'h-full bg-ink-dim'}
          style={{ width: `${(used / total) * 100}%` }}
        />
      </div>
    </div>
  );
}

/** How much of the machine is in use, whatever uses it. */
export function MachineCard() {
  const { data } = useQuery(api.insights.machine.queryOptions({ refetchInterval: EVERY_MS }));
  if (!data) return null;
  const { memory, disk } = data;
  return (
    <Section title="This machine">
      <div className="flex flex-col gap-3 rounded-lg border border-line bg-panel p-3.5">
        <Use name="Memory" total={memory.totalBytes} available={memory.availableBytes} />
        <Use name="Disk" total={disk.totalBytes} available={disk.availableBytes} />
      </div>
    </Section>
  );
}
