import { Braces, FileDown, GitCompare } from 'lucide-react';
import { useState } from 'react';
import type { Deployment } from '#main/features/deployments/contract.ts';
import type { ExportFormat } from '#main/features/history/contract.ts';
import { client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { familyOf } from '../../families/all.ts';
import { Menu } from '../../ui/menu.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { CompareDialog } from './compare-dialog.tsx';

/** Further actions on a deployment: comparisons, files, its log. */
export function RunMenu({
  run,
}: {
  run: Pick<Deployment, 'id' | 'number' | 'project' | 'family'>;
}) {
  const [comparing, setComparing] = useState(false);
  const action = useCommands();
  const { id } = run;
  const save = (format: ExportFormat) => () =>
    void action.run('export', async () => {
      const file = await client.history.export({ id, format });
      saveFile(file.name, file.type, file.text);
    });
  const saveLog = (stream: 'all' | 'stdout' | 'stderr') => () =>
    void action.run('log', async () => {
      const file = await client.history.log({ id, stream, timestamps: stream === 'all' });
      saveFile(file.name, file.type, file);
    });
  return (
    <>
      <Menu
        label="Compare and export"
        items={[
          {
            label: 'Compare with…',
            icon: <GitCompare aria-hidden="true" size={14} />,
            onSelect: () => setComparing(true),
          },
          ...familyOf(run.family).exports.map(({ format, ...shown }) => ({
            ...shown,
            onSelect: save(format),
          })),
          {
            label: 'Export everything as JSON',
            icon: <Braces aria-hidden="true" size={14} />,
            onSelect: save('json'),
          },
          {
            label: 'Log with times',
            icon: <FileDown aria-hidden="true" size={14} />,
            onSelect: saveLog('all'),
          },
          {
            label: 'Log: stdout only',
            icon: <FileDown aria-hidden="true" size={14} />,
            onSelect: saveLog('stdout'),
          },
          {
            label: 'Log: stderr only',
            icon: <FileDown aria-hidden="true" size={14} />,
            onSelect: saveLog('stderr'),
          },
        ]}
      />
      {comparing && <CompareDialog run={run} onClose={() => setComparing(false)} />}
    </>
  );
}
