import { Copy, Download } from 'lucide-react';
import type { DiffFormat, DiffInput } from '#main/features/state-diff/contract.ts';
import { client } from '../../core/client.ts';
import { showProblem } from '../../core/problems/show-problem.ts';
import { copyText } from '../../ui/copy-text.ts';
import { Menu } from '../../ui/menu.tsx';
import { saveFile } from '../../ui/save-file.ts';

const formats: [format: DiffFormat, name: string][] = [
  ['json', 'JSON'],
  ['solidity', 'Solidity test'],
  ['typescript', 'Node test'],
  ['vitest', 'Vitest test'],
];

/** The difference as a file, or on the clipboard. */
export function ExportMenu({ input, disabled }: { input: DiffInput; disabled: boolean }) {
  const exported = (format: DiffFormat) => client.stateDiff.export({ ...input, format });
  const save = async (format: DiffFormat) => {
    const { name, type, text } = await exported(format);
    saveFile(name, type, text);
  };
  const copy = async (format: DiffFormat, name: string) =>
    copyText((await exported(format)).text, name);
  return (
    <Menu
      label="Export"
      items={[
        ...formats.map(([format, name]) => ({
          ...{ label: `Save as ${name}`, icon: <Download size={14} />, disabled },
          onSelect: () => void save(format).catch(showProblem),
        })),
        ...formats.slice(1).map(([format, name]) => ({
          ...{ label: `Copy ${name}`, icon: <Copy size={14} />, disabled },
          onSelect: () => void copy(format, name).catch(showProblem),
        })),
      ]}
    />
  );
}
