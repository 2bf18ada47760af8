import { useQuery } from '@tanstack/react-query';
import { Archive, DatabaseBackup } from 'lucide-react';
import type { Backup } from '#main/features/backups/contract.ts';
import { api, client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { bytes, calendar, dateTime } from '../../ui/format.ts';
import { Menu } from '../../ui/menu.tsx';
import { useNow } from '../../ui/now.ts';
import { Section } from '../../ui/section.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';
import { toast } from '../../ui/toast.ts';

const kinds: Record<Backup['kind'], string> = {
  daily: 'daily',
  manual: 'on demand',
  replaced: 'put aside by a restore',
};

export function Backups() {
  const list = useQuery(api.backups.list.queryOptions()).data;
  const now = useNow();
  const { busy, run } = useCommands();
  const act = async <T,>(name: string, work: () => Promise<T>, done: (result: T) => string) => {
    const result = await run(name, work);
    if (result !== undefined) toast.success(done(result));
  };
  const create = () =>
    void act(
      'create',
      () => client.backups.create(),
      (backup) => `Backed up and verified: ${bytes(backup.bytes)}`,
    );
  const scheduled = list?.scheduled;
  const writing = busy === 'create' || list?.running === true;
  return (
    <Section
      title="Backups"
      aside={
        <Button
          size="sm"
          icon={<DatabaseBackup aria-hidden="true" size={14} />}
          busy={writing}
          onClick={create}
        >
          Back up now
        </Button>
      }
    >
      {scheduled && (
        <ErrorNotice
          tone="warn"
          message={`The backup ${scheduled.backup} is checked and ready. It takes its place when Drydock starts next; the database of until then is kept as a backup, too.`}
        >
          <Button
            size="sm"
            onClick={() =>
              void act(
                'cancel',
                () => client.backups.cancelRestore(),
                () => 'Everything stays as it is',
              )
            }
          >
            Keep everything as it is
          </Button>
        </ErrorNotice>
      )}
      {list && list.items.length > 0 && (
        <Table label="Backups">
          <thead>
            <tr>
              <Th priority={0}>Created</Th>
              <Th priority={2}>Kind</Th>
              <Th priority={3}>Name</Th>
              <Th end priority={1}>
                Size
              </Th>
              <Th aria-label="Actions" />
            </tr>
          </thead>
          <tbody>
            {list.items.map((backup) => (
              <tr key={backup.name} className="group">
                <Td>
                  <span title={dateTime(backup.createdAt)} className="nums">
                    {calendar(backup.createdAt, now)}
                  </span>
                </Td>
                <Td className="text-ink-soft">{kinds[backup.kind]}</Td>
                <Td mono className="max-w-64 truncate">
                  {backup.name}
                </Td>
                <Td end>{bytes(backup.bytes)}</Td>
                <Td end>
                  <span className="inline-flex items-center gap-1.5">
                    <Button
                      size="sm"
                      busy={busy === `restore ${backup.name}`}
                      aria-label={`Restore ${backup.name}`}
                      onClick={() =>
                        void act(
                          `restore ${backup.name}`,
                          () => client.backups.restore({ backup: backup.name }),
                          () =>
                            'Checked and ready: start Drydock again to put it in place. Chains that it knows nothing of are ended then; their states are kept.',
                        )
                      }
                    >
                      Restore
                    </Button>
                    <Menu
                      label={`More for ${backup.name}`}
                      items={[
                        {
                          label: 'Delete',
                          danger: true,
                          onSelect: () =>
                            void act(
                              `remove ${backup.name}`,
                              () => client.backups.remove({ backup: backup.name }),
                              () => 'The backup is deleted',
                            ),
                        },
                      ]}
                    />
                  </span>
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {list?.items.length === 0 && (
        <EmptyState icon={<Archive size={22} />} title="No backup yet">
          Drydock makes one a day while it is open, and verifies it. Runs, networks and settings are
          in it; secrets only sealed, and chains&rsquo; states not.
        </EmptyState>
      )}
    </Section>
  );
}
