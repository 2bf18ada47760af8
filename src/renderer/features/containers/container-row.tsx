import { ScrollText } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Container } from '#main/features/containers/contract.ts';
import { client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { showTab } from '../../core/panel/panel-store.ts';
import { chainPath, projectPath } from '../../core/paths.ts';
import { SelectionBox } from '../../core/selection/selection-box.tsx';
import type { Selection } from '../../core/selection/use-selection.ts';
import { Button } from '../../ui/button.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { bytes } from '../../ui/format.ts';
import { Menu } from '../../ui/menu.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { Td } from '../../ui/table.tsx';
import { toast } from '../../ui/toast.ts';
import { percent, stateOf } from './container-words.ts';
import type { Series } from './usage-history.ts';

type Verb = 'stop' | 'remove';

/** What is removed with it, shown before the removal. */
function consequence({ kind, title }: Container, verb: Verb): string {
  if (kind === 'chain') {
    return `The chain ${title} is stopped: its state is saved, and its next start continues from there.`;
  }
  return verb === 'stop'
    ? `Shells that are open in it end. The next deployment of ${title} starts it again.`
    : `Shells that are open in it end. The next deployment of ${title} makes it anew; the project's folder and the caches stay.`;
}

function Title({ container: { title, chain, project } }: { container: Container }) {
  const path = chain !== null ? chainPath(chain) : project !== null ? projectPath(project) : null;
  if (path === null) return <span className="font-medium">{title}</span>;
  return (
    <Link href={path} className="font-medium hover:underline">
      {title}
    </Link>
  );
}

interface ContainerRowProps {
  container: Container;
  usage?: Series;
  selection: Selection<string>;
}

export function ContainerRow({ container, usage, selection }: ContainerRowProps) {
  const { id, name, title, kind, own, state, ports, createdAt, dataFolder } = container;
  const { busy, run } = useCommands();
  const [asking, setAsking] = useState<Verb | null>(null);
  const { tone, word } = stateOf(container);
  const running = state === 'running';
  const now = running ? usage?.latest : undefined;
  const end = async (verb: Verb) => {
    const done = await run(verb, () => client.containers[verb]({ container: id }));
    setAsking(null);
    if (done) toast.success(`${name} was ${verb === 'stop' ? 'stopped' : 'removed'}`);
  };
  return (
    <tr className="group">
      <Td>{own && <SelectionBox id={id} name={title} selection={selection} />}</Td>
      <Td>
        <Title container={container} />
        <span className="ml-2 text-xs text-ink-dim">{kind}</span>
      </Td>
      <Td>
        <span
          className="inline-flex items-center gap-2"
          title={container.orphan ?? container.status}
        >
          <StateDot tone={tone} />
          {word}
        </span>
      </Td>
      <Td end className="min-w-16">
        {now ? percent(now.cpuPercent) : '—'}
      </Td>
      <Td end className="min-w-24">
        {now ? bytes(now.memoryBytes) : '—'}
      </Td>
      <Td mono>{ports.map((port) => `127.0.0.1:${port.host}`).join(', ') || '—'}</Td>
      <Td className="text-ink-soft">
        <RelativeTime at={createdAt} />
      </Td>
      <Td end>
        <span className="inline-flex items-center gap-1.5">
          {!own && (
            <span className="max-w-40 truncate text-xs text-ink-dim" title={dataFolder}>
              of another data folder
            </span>
          )}
          <Button
            size="sm"
            icon={<ScrollText aria-hidden="true" size={14} />}
            aria-label={`Log of ${title}`}
            onClick={() => showTab({ kind: 'container', id, title, of: kind })}
          >
            Log
          </Button>
          <Menu
            label={`More for ${name}`}
            items={[
              { label: 'Copy name', onSelect: () => void copyText(name, 'name') },
              { label: 'Copy id', onSelect: () => void copyText(id, 'id') },
              {
                label: 'Stop…',
                disabled: !own || !running,
                onSelect: () => setAsking('stop'),
              },
              {
                label: 'Remove…',
                danger: true,
                disabled: !own,
                onSelect: () => setAsking('remove'),
              },
            ]}
          />
        </span>
        {asking && (
          <Dialog
            title={`${asking === 'stop' ? 'Stop' : 'Remove'} the container of ${title}?`}
            description={consequence(container, asking)}
            open
            onClose={() => setAsking(null)}
          >
            <DialogActions>
              <Button onClick={() => setAsking(null)}>Keep it</Button>
              <Button variant="danger" busy={busy !== null} onClick={() => void end(asking)}>
                {asking === 'stop' ? 'Stop' : 'Remove'}
              </Button>
            </DialogActions>
          </Dialog>
        )}
      </Td>
    </tr>
  );
}
