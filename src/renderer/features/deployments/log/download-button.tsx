import { Download } from 'lucide-react';
import { useCommands } from '../../../core/commands/use-commands.ts';
import type { LogTab } from '../../../core/panel/panel-tab.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { downloadLog } from './download-log.ts';

export function DownloadLog({ tab }: { tab: LogTab }) {
  const { busy, run } = useCommands();
  return (
    <IconButton
      label="Download the log as text"
      busy={busy !== null}
      icon={<Download size={15} />}
      onClick={() => run('download', () => downloadLog(tab))}
    />
  );
}
