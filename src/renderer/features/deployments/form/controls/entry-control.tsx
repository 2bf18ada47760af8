import { FileCode } from 'lucide-react';
import type { Choices, Entry } from '#main/shared/kind.ts';
import { Combobox } from '../../../../ui/combobox.tsx';
import { offered } from '../../request/shown-inputs.ts';
import type { ControlProps } from './control.ts';

/** The only entry of a file needs no name beside the file's. */
function labelOf(entry: Entry, all: readonly Entry[]): string {
  if (entry.group === undefined) return entry.label;
  if (!isNamedByGroup(entry)) return entry.value;
  const alone = all.filter(({ group }) => group === entry.group).length === 1;
  return alone ? entry.group : entry.value;
}

const isNamedByGroup = ({ group, value }: Entry): boolean => value.startsWith(group ?? '');

/** Chooses what to deploy in the project. */
export function EntryControl({
  shown: { input, value, gone },
  choices,
  onChange,
}: ControlProps & { choices: Choices }) {
  const all = offered(choices);
  const options = all.map((entry) => ({
    value: entry.value,
    text: `${entry.value} ${entry.group ?? ''}`,
    label: labelOf(entry, all),
    detail: isNamedByGroup(entry) ? undefined : entry.group,
  }));
  const missing = gone === undefined ? [] : [{ value: gone, text: gone, label: gone }];
  return (
    <Combobox
      label={input.label}
      prefix={<FileCode aria-hidden="true" size={14} />}
      value={value === undefined ? null : String(value)}
      options={[...missing, ...options]}
      onChange={onChange}
      placeholder="choose one"
      mono
      plainValue
      className="max-w-80"
    />
  );
}
