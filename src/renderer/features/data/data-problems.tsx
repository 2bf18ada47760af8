import type { DatabaseCheck, Stats } from '#main/features/data/contract.ts';
import { client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { dateTime } from '../../ui/format.ts';
import { toast } from '../../ui/toast.ts';
import { storageWords } from './storage-word.ts';

/** Problems of the disk or the database, and their remedies. */
export function DataProblems({
  check,
  storage,
}: {
  check: DatabaseCheck | undefined;
  storage: Stats['disk']['state'] | undefined;
}) {
  const { busy, run } = useCommands();
  const backup = check?.newestBackup;
  const restore = async (name: string) => {
    const restored = await run('restore', () => client.backups.restore({ backup: name }));
    if (restored) toast.success('The backup is ready. Start Drydock again to put it in place.');
  };
  return (
    <>
      {storage && storage !== 'ok' && <ErrorNotice message={storageWords[storage]} />}
      {check?.state === 'damaged' && (
        <ErrorNotice
          message={`The database is damaged: ${check.problems[0]}. ${
            backup
              ? `Go back to the backup of ${dateTime(backup.createdAt)}; the damaged file is kept.`
              : 'There is no backup to go back to. Nothing is deleted; save what you need of it.'
          }`}
        >
          {backup && (
            <Button size="sm" busy={busy === 'restore'} onClick={() => void restore(backup.name)}>
              Restore that backup
            </Button>
          )}
        </ErrorNotice>
      )}
    </>
  );
}
