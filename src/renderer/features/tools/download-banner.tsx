import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { api, client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { bytes } from '../../ui/format.ts';

/** How far the download of what the package left out is, or why it failed, on every page. */
export function DownloadBanner() {
  const status = useQuery(api.tools.downloading.queryOptions()).data;
  // Its failure is told by the status.
  const again = useCommand(() => client.tools.download().catch(() => undefined));
  if (status?.state === 'failed' && status.problem !== null) {
    return (
      <div className="shrink-0 border-b border-line px-5 py-3">
        <ErrorNotice
          tone="warn"
          message={`${status.tools.join(', ')} could not be downloaded. ${status.problem}`}
        >
          <Button size="sm" busy={again.busy} onClick={() => void again.send(undefined)}>
            Try again
          </Button>
        </ErrorNotice>
      </div>
    );
  }
  if (status?.state !== 'downloading') return null;
  const { tools, received, total } = status;
  return (
    <div
      role="status"
      className="flex shrink-0 items-center gap-2.5 border-b border-line px-5 py-2 text-sm"
    >
      <Download aria-hidden="true" size={14} className="shrink-0 text-ink-dim" />
      <span className="min-w-0 flex-1 truncate">
        Downloading what is needed to run without Docker: {tools.join(', ')}
      </span>
      <progress
        aria-label={`Download of ${tools[0] ?? 'tools'}`}
        className="h-1.5 w-40 shrink-0"
        max={total ?? undefined}
        value={total === null ? undefined : received}
      />
      <span className="w-36 shrink-0 text-right text-ink-dim tabular-nums">
        {bytes(received)}
        {total !== null && ` of ${bytes(total)}`}
      </span>
    </div>
  );
}
