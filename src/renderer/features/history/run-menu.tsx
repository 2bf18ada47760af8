import { Braces, FileCode, FileDown, FileText, GitCompare, Sheet } from 'lucide-react';
import { useState } from 'react';
import type { Deployment } from '#main/features/deployments/contract.ts';
import { client } from '../../client.ts';
import { Menu } from '../../ui/menu.tsx';
import { useAction } from '../app/use-action.ts';
import { CompareDialog } from './compare-dialog.tsx';
import { saveFile } from './save-file.ts';

/** What else can be had of a deployment: comparisons, files, its log. */
export function RunMenu({ run }: { run: Pick<Deployment, 'id' | 'number' | 'project'> }) {
  const [comparing, setComparing] = useState(false);
  const action = useAction();
  const { id } = run;
  const save = (format: 'json' | 'csv' | 'addresses' | 'ts' | 'env') => () =>
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
          {
            label: 'Export addresses.json',
            icon: <Braces aria-hidden="true" size={14} />,
            onSelect: save('addresses'),
          },
          {
            label: 'Export TypeScript',
            icon: <FileCode aria-hidden="true" size={14} />,
            onSelect: save('ts'),
          },
          {
            label: 'Export .env',
            icon: <FileText aria-hidden="true" size={14} />,
            onSelect: save('env'),
          },
          {
            label: 'Export contracts as CSV',
            icon: <Sheet aria-hidden="true" size={14} />,
            onSelect: save('csv'),
          },
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
