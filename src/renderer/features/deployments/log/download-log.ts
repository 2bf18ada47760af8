import { client } from '../../../core/client.ts';
import { clock, plain } from '../../../ui/terminal/format-line.ts';
import { logLines } from './log-lines.ts';

/** Saves a run's whole log as a text file, fetched page by page from the journal. */
export async function downloadLog(tab: { id: number; number: number; project: string }) {
  const parts: string[] = [];
  let after = 0;
  for (;;) {
    const events = await client.deployments.logs({ id: tab.id, after, limit: 10_000 });
    for (const line of events.flatMap(logLines)) {
      const mark = line.kind === 'command' ? '$ ' : '';
      const time = line.at === null ? '' : `${clock(line.at)} `;
      parts.push(`${time}${mark}${plain(line.text)}\n`);
    }
    const last = events.at(-1);
    if (!last) break;
    after = last.seq;
  }
  const url = URL.createObjectURL(new Blob(parts, { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${tab.project}-${tab.number}.log`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
