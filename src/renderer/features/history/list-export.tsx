import { Download } from 'lucide-react';
import type { HistoryFilter } from '#main/features/history/contract.ts';
import { client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { Button } from '../../ui/button.tsx';
import { saveFile } from '../../ui/save-file.ts';

/** Exports the whole filtered list as CSV. */
export function ListExport({ filter }: { filter: HistoryFilter }) {
  const { busy, run } = useCommands();
  const save = async () => {
    const parts: string[] = [];
    for (let before: number | undefined; ; ) {
      const page = await client.history.exportList({ ...filter, before, limit: 5000 });
      parts.push(page.text);
      if (page.next === null) return saveFile(page.name, page.type, parts.join(''));
      before = page.next;
    }
  };
  return (
    <Button
      icon={<Download aria-hidden="true" size={14} />}
      busy={busy !== null}
      onClick={() => void run('export', save)}
    >
      Export CSV
    </Button>
  );
}
