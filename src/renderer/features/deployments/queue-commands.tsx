import { ListOrdered, Mail, X } from 'lucide-react';
import { useLocation } from 'wouter';
import type { Deployment } from '#main/features/deployments/contract.ts';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { plural } from '../../ui/format.ts';
import { deadLettersPath, queuePath } from './deployment-path.ts';
import { queueWords } from './queue-words.ts';
import { runWord } from './status-words.ts';
import { useDeadLetterCount } from './use-dead-letters.ts';
import { useQueue } from './use-queue.ts';
import { useRunActions } from './use-run-actions.ts';

function CancelCommand({ run }: { run: Deployment }) {
  const { cancel } = useRunActions(run);
  return (
    <CommandItem
      id={run.id}
      title={`Cancel ${run.project.name} #${run.number}`}
      icon={<X size={15} />}
      detail={runWord(run)}
      keywords={['stop', 'end', 'queue']}
      onSelect={cancel}
    />
  );
}

/** The ways to what runs, waits and failed, and the end of each unfinished run. */
export function QueueCommands() {
  const [, navigate] = useLocation();
  const queue = useQueue().data;
  const dead = useDeadLetterCount();
  return (
    <CommandGroup title="Queue">
      <CommandItem
        title="Go to Queue"
        icon={<ListOrdered size={15} />}
        detail={queue && queueWords(queue.running.length, queue.waiting.length)}
        keywords={['running', 'waiting']}
        onSelect={() => navigate(queuePath)}
      />
      <CommandItem
        title="Go to Dead letters"
        icon={<Mail size={15} />}
        detail={dead > 0 && plural(dead, 'run')}
        keywords={['failed', 'retry']}
        onSelect={() => navigate(deadLettersPath)}
      />
      {[...(queue?.running ?? []), ...(queue?.waiting ?? [])].map((run) => (
        <CancelCommand key={run.id} run={run} />
      ))}
    </CommandGroup>
  );
}
