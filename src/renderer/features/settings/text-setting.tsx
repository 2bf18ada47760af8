import { useStore } from '@tanstack/react-form';
import { z } from 'zod';
import { type Settings, settingsShape } from '#main/features/settings/contract.ts';
import { FormField } from '../../core/forms/form-field.tsx';
import { typedText } from '../../core/forms/texts.ts';
import { useCommandForm } from '../../core/forms/use-command-form.ts';
import { SettingOrigin } from '../../core/settings/setting-origin.tsx';
import { useIsFound } from '../../core/settings/setting-search.ts';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.ts';

/** What is allowed for a setting of a kind of project. */
const anyText = z.string().max(4096);
const shapes: Record<string, z.ZodType | undefined> = settingsShape.shape;

interface TextSettingProps {
  /** Its key. */
  name: string;
  label: string;
  placeholder: string;
  hint: string;
  value: string;
  change(part: Partial<Settings>): Promise<boolean>;
}

/** A text setting, which takes effect when it is saved. */
export function TextSetting(props: TextSettingProps) {
  const { name, label, placeholder, hint, value, change } = props;
  const { form, busy } = useCommandForm({
    schema: z.object({ text: typedText(shapes[name] ?? anyText) }),
    values: { text: value },
    send: ({ text }) => change({ [name]: text }),
    done: (saved) => saved && toast.success(`${label}: saved`),
  });
  const ready = useStore(
    form.store,
    ({ canSubmit, values }) => canSubmit && values.text.trim() !== value,
  );
  const isFound = useIsFound(label, hint);
  if (!isFound) return null;
  return (
    <form
      data-setting={label}
      onSubmit={(event) => {
        event.preventDefault();
        void form.handleSubmit();
      }}
      className="flex items-start gap-2 rounded-lg border border-line bg-panel px-4 py-3"
    >
      <form.Field name="text">
        {(field) => (
          <FormField
            field={field}
            className="flex-1"
            label={label}
            mono
            placeholder={placeholder}
            hint={hint}
          />
        )}
      </form.Field>
      <div className="mt-[22px] flex h-8 items-center gap-1.5">
        <SettingOrigin of={name} name={label} />
      </div>
      <Button
        type="submit"
        className="mt-[22px]"
        aria-label={`Save: ${label}`}
        busy={busy}
        disabled={!ready}
      >
        Save
      </Button>
    </form>
  );
}
