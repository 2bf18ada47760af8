import { X } from 'lucide-react';
import type { Deployment } from '#main/features/deployments/contract.ts';
import { useQueue } from '../../../core/queries/use-queue.ts';
import { runWord } from '../../../core/words/run-words.ts';
import { CommandGroup, CommandItem } from '../../../ui/command-item.tsx';
import { cancelQuestion } from '../run/run-questions.ts';
import { useRunActions } from '../run/use-run-actions.ts';

function CancelCommand({ run }: { run: Deployment }) {
  const { cancel } = useRunActions(run);
  return (
    <CommandItem
      id={run.id}
      title={`Cancel ${run.project.name} #${run.number}`}
      icon={<X size={15} />}
      detail={runWord(run)}
      keywords={['stop', 'end', 'queue']}
      destroys={cancelQuestion(run)}
      onSelect={cancel}
    />
  );
}

/** Cancel for each unfinished run. */
export function CancelCommands() {
  const { running, waiting } = useQueue().data ?? { running: [], waiting: [] };
  if (running.length + waiting.length === 0) return null;
  return (
    <CommandGroup title="Queue">
      {[...running, ...waiting].map((run) => (
        <CancelCommand key={run.id} run={run} />
      ))}
    </CommandGroup>
  );
}
