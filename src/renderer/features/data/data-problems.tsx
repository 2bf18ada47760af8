import { toast } from 'sonner';
import type { DatabaseCheck, Stats } from '#main/features/data/contract.ts';
import { client } from '../../client.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { dateTime } from '../../ui/format.ts';
import { useAction } from '../app/use-action.ts';

const storageWords = {
  full: 'The disk that the data folder is on is full. Nothing can be recorded until there is room: free some, here or elsewhere. Drydock goes on by itself then.',
  'read-only':
    'The disk that the data folder is on takes nothing: it is read-only. What was recorded can be looked at; make it writable to go on.',
};

/** What is wrong with the disk or the database, and the way out. */
export function DataProblems({
  check,
  storage,
}: {
  check: DatabaseCheck | undefined;
  storage: Stats['disk']['state'] | undefined;
}) {
  const { busy, run } = useAction();
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
