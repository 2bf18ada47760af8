import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';

interface TextSettingProps {
  label: string;
  placeholder: string;
  hint: string;
  value: string;
  onSave(value: string): Promise<boolean>;
}

/** A setting that is typed, and holds once it's saved. */
export function TextSetting({ label, placeholder, hint, value, onSave }: TextSettingProps) {
  const [text, setText] = useState(value);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (await onSave(text.trim())) toast.success(`${label}: saved`);
  };
  return (
    <form
      onSubmit={save}
      className="flex items-start gap-2 rounded-lg border border-line bg-panel px-4 py-3"
    >
      <Field
        className="flex-1"
        label={label}
        mono
        placeholder={placeholder}
        hint={hint}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button
        type="submit"
        className="mt-[22px]"
        aria-label={`Save: ${label}`}
        disabled={text.trim() === value}
      >
        Save
      </Button>
    </form>
  );
}
