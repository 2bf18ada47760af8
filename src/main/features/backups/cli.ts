import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import { refuse } from '../../lib/cli/arguments.ts';
import { bytes, type Cli, facts, table, time } from '../../lib/cli/cli.ts';
import type { Backup, BackupList, backups, Restored } from './contract.ts';

const words: Record<Backup['kind'], string> = {
  daily: 'daily',
  manual: 'on demand',
  replaced: 'put aside by a restore',
};

function list({ folder, items, scheduled }: BackupList): string {
  const note = scheduled
    ? `\n${scheduled.backup} is restored when Drydock starts next ("drydock backup restore --cancel" to keep everything as it is).`
    : '';
  if (items.length === 0) return `No backups in ${folder} yet.${note}`;
  const rows = items.map((b) => [b.name, words[b.kind], time(b.createdAt), bytes(b.bytes)]);
  return `${table(['NAME', 'KIND', 'MADE', 'SIZE'], rows)}\n${folder}${note}`;
}

const one = (backup: Backup) =>
  facts([
    ['name', backup.name],
    ['kind', words[backup.kind]],
    ['made', time(backup.createdAt)],
    ['size', bytes(backup.bytes)],
  ]);

function restoredText({ backup, done, replaced }: Restored): string {
  const restored = done
    ? `Restored ${backup.name}. The database of before is kept as ${replaced}.`
    : `${backup.name} is checked and ready. It takes its place when Drydock starts next; the present database will be kept as ${replaced}.`;
  return `${restored} Chains that run now and that it knows nothing of are ended at that start; their states are kept.`;
}

export function backupCommands(
  program: Command,
  cli: Cli<ContractRouterClient<typeof backups>>,
): void {
  const command = program.command('backup').description('backups of the database');

  command
    .command('create')
    .description('write one now, and verify it')
    .action(() => cli.answer((client) => client.create(), one));

  command
    .command('list')
    .description('all backups, newest first')
    .action(() => cli.answer((client) => client.list(), list));

  command
    .command('restore')
    .description('go back to one; the present database is kept')
    .argument('[name]', 'a backup of the list, or latest')
    .option('--cancel', 'forget the restore that waits for the next start')
    .action((name: string | undefined, options: { cancel?: boolean }) => {
      if (options.cancel) {
        refuse({ [`"${name}"`]: name }, 'with --cancel');
        return cli.answer((client) => client.cancelRestore(), list);
      }
      if (!name) return command.error("error: missing required argument 'name' (or: latest)");
      return cli.answer((client) => client.restore({ backup: name }), restoredText);
    });

  command
    .command('remove')
    .description('delete one')
    .argument('<name>')
    .action((name: string) =>
      cli.answer(
        (client) => client.remove({ backup: name }),
        (backup) => `Deleted ${backup.name}.`,
      ),
    );
}
