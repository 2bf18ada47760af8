import { SuggestField } from '../../ui/suggest-field.tsx';

interface GroupFieldProps {
  /** Of everything in the list. */
  groups: readonly string[];
  value: string;
  onChange(value: string): void;
}

/** Under which heading of a list something stands: one of those that there are, or a new one. */
export function GroupField({ groups, value, onChange }: GroupFieldProps) {
  const names = [...new Set(groups)].filter((name) => name !== '');
  return (
    <div className="flex flex-col gap-1 text-xs">
      <span className="font-medium text-ink-soft">Group</span>
      <SuggestField
        label="Group"
        placeholder="none"
        value={value}
        groups={[{ title: 'Groups', items: names.map((name) => ({ value: name, name })) }]}
        onChange={onChange}
      />
    </div>
  );
}
