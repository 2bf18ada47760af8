import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import type { Variable } from '#main/features/environments/contract.ts';
import { client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { Badge } from '../../ui/badge.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';
import { toast } from '../../ui/toast.ts';
import { type EnvironmentDialog, openEnvironmentDialog } from './dialog-state.ts';
import { keptIn, scopeOf, scopeWords } from './scopes.ts';

interface VariableTableProps {
  all: readonly Variable[];
  about: Pick<EnvironmentDialog, 'project' | 'target'>;
}

export function VariableTable({ all, about }: VariableTableProps) {
  return (
    <Table label="Variables">
      <thead>
        <tr>
          <Th priority={0}>Name</Th>
          <Th priority={0}>Value</Th>
          <Th priority={1}>From</Th>
          <Th priority={3}>In logs</Th>
          <Th priority={2}>Note</Th>
          <Th priority={0}>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {all.map((one) => (
          <Row key={`${one.name} ${scopeOf(one)} ${one.changedAt}`} variable={one} about={about} />
        ))}
      </tbody>
    </Table>
  );
}

/** A value that was asked for is in this row alone, and gone with it. */
function Row({ variable, about }: { variable: Variable; about: VariableTableProps['about'] }) {
  const { name, reference, secret, note, problem, isEffective } = variable;
  const [value, setValue] = useState<string | null>(null);
  const { busy, run } = useCommands();
  const named = { ...keptIn(variable), name };
  const reveal = () => run('reveal', () => client.environments.reveal(named));
  const show = async () => setValue((await reveal())?.value ?? null);
  const copy = async () => {
    const found = await reveal();
    if (found) await copyText(found.value, `value of ${name}`, { isSecret: true });
  };
  const isKept = reference === null && problem === null;
  return (
    <tr className={cx('group', !isEffective && 'text-ink-dim')}>
      <Td mono className={isEffective ? 'text-ink' : undefined}>
        {name}
      </Td>
      <Td className="max-w-64">
        <span className="flex items-center gap-1.5">
          <span
            className={cx('min-w-0 truncate font-mono text-xs', problem && 'text-bad')}
            title={problem ?? undefined}
          >
            {problem ? 'unreadable' : (reference ?? value ?? '••••••••')}
          </span>
          {isKept && (
            <IconButton
              label={value === null ? `Show the value of ${name}` : `Hide the value of ${name}`}
              icon={value === null ? <Eye size={14} /> : <EyeOff size={14} />}
              busy={busy === 'reveal'}
              onClick={() => (value === null ? void show() : setValue(null))}
            />
          )}
        </span>
      </Td>
      <Td>
        <span className="inline-flex items-center gap-2">
          {scopeWords[scopeOf(variable)](variable.target ?? '')}
          {!isEffective && <Badge>another counts</Badge>}
        </span>
      </Td>
      <Td className="text-ink-dim">{secret ? 'hidden' : 'shown'}</Td>
      <Td className="max-w-56 truncate text-ink-dim">{note}</Td>
      <Td end>
        <Menu
          label={`More for ${name}`}
          items={[
            {
              label: 'Edit…',
              onSelect: () => openEnvironmentDialog({ ...about, what: 'variable', variable }),
            },
            ...(isKept ? [{ label: 'Copy value', onSelect: () => void copy() }] : []),
            {
              label: 'Forget',
              danger: true,
              onSelect: () =>
                void run('forget', async () => {
                  await client.environments.unset(named);
                  toast.success(`${name} is forgotten`);
                }),
            },
          ]}
        />
      </Td>
    </tr>
  );
}
