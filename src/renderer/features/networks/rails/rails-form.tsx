import { useId } from 'react';
import { formatEther } from 'viem';
import { z } from 'zod';
import { type Rails, setRailsInput } from '#main/features/rails/contract.ts';
import { address } from '#main/shared/address.ts';
import { doorWords } from '#main/shared/door-words.ts';
import { client } from '../../../core/client.ts';
import { DialogForm } from '../../../core/forms/dialog-form.tsx';
import { FormField, fieldError } from '../../../core/forms/form-field.tsx';
import { optionalNumber } from '../../../core/forms/texts.ts';
import { useCommandForm } from '../../../core/forms/use-command-form.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { toast } from '../../../ui/toast.ts';
import { doors, spentText } from './rails-words.ts';

const { shape } = setRailsInput;
const production = z.enum(['auto', 'yes', 'no']);
const productions: { value: z.infer<typeof production>; label: string; text: string }[] = [
  { value: 'auto', label: 'on a main network, by its chain id', text: 'by its chain id' },
  { value: 'yes', label: 'always', text: 'always' },
  { value: 'no', label: 'never', text: 'never' },
];

const linesOf = (text: string): string[] => text.split(/[\s,]+/).filter((one) => one !== '');

const typed = z.object({
  doors: z.array(z.enum(doors)),
  senders: z.string().superRefine((text, context) => {
    const wrong = linesOf(text).find((one) => !address.safeParse(one).success);
    if (wrong === undefined) return;
    const message = `${wrong.slice(0, 60)} is no address: give 0x and 40 hex digits`;
    context.addIssue({ code: 'custom', message });
  }),
  dailyLimit: z.string(),
  confirmations: optionalNumber(shape.confirmations, 'give a whole number from 1 to 10,000'),
  production,
});
type Typed = z.input<typeof typed>;

/** What the fields hold at first. */
const shown = (rails: Rails): Typed => ({
  doors: [...(rails.doors ?? doors)],
  senders: rails.senders?.join('\n') ?? '',
  dailyLimit: rails.dailyLimit === null ? '' : `${formatEther(BigInt(rails.dailyLimit))} ether`,
  confirmations: `${rails.ownConfirmations ?? ''}`,
  production: rails.ownProduction === null ? 'auto' : rails.ownProduction ? 'yes' : 'no',
});

const meant = ({ doors: from, senders, ...given }: z.output<typeof typed>) => {
  const addresses = linesOf(senders);
  const limit = given.dailyLimit.trim();
  return {
    doors: from.length === doors.length ? null : from,
    senders: addresses.length === 0 ? null : addresses,
    dailyLimit: limit === '' ? null : /[a-z]/i.test(limit) ? limit : `${limit} ether`,
    confirmations: given.confirmations ?? null,
    production: given.production === 'auto' ? null : given.production === 'yes',
  };
};

/** Who sends to a live network, from where, and for how much. */
export function RailsForm({ rails, onClose }: { rails: Rails; onClose(): void }) {
  const { network } = rails;
  const id = useId();
  const command = useCommandForm({
    schema: typed,
    values: shown(rails),
    send: (values) => client.rails.set({ network, ...meant(values) }),
    done() {
      toast.success(`The rails of ${network} are set`);
      onClose();
    },
  });
  const { form, failure } = command;
  return (
    <DialogForm command={command} verb="Set the rails" shows={['dailyLimit']} onCancel={onClose}>
      <form.Field name="doors">
        {({ state: { value }, handleChange }) => (
          <fieldset className="flex flex-col gap-1.5">
            <legend className="text-xs font-medium text-ink-soft">It may be sent from</legend>
            <div className="mt-1 flex flex-wrap gap-x-5 gap-y-1.5">
              {doors.map((door) => (
                <label
                  key={door}
                  htmlFor={`${id}-${door}`}
                  className="flex items-center gap-2 text-sm"
                >
                  <Checkbox
                    id={`${id}-${door}`}
                    checked={value.includes(door)}
                    onChange={({ target }) =>
                      handleChange(
                        doors.filter((one) =>
                          one === door ? target.checked : value.includes(one),
                        ),
                      )
                    }
                  />
                  {doorWords[door]}
                </label>
              ))}
            </div>
            {value.length === 0 && <p className="text-xs text-warn">Nobody can send then.</p>}
          </fieldset>
        )}
      </form.Field>
      <form.Field name="senders">
        {(field) => (
          <TextArea
            label="By these addresses"
            hint="One a line. Empty: every address may send."
            error={fieldError(field)}
            value={field.state.value}
            onChange={({ target }) => field.handleChange(target.value)}
          />
        )}
      </form.Field>
      <div className="grid gap-3 @lg:grid-cols-2">
        <form.Field name="dailyLimit">
          {(field) => (
            <FormField
              field={field}
              failure={failure}
              label="For at most, in 24 hours"
              placeholder="0.5 ether"
              hint={`Value and fees: ${spentText(rails)}.`}
            />
          )}
        </form.Field>
        <form.Field name="confirmations">
          {(field) => (
            <FormField
              field={field}
              label="Confirmations to wait for"
              placeholder={`${rails.confirmations}`}
              hint="Empty: 3 on a main network, else 1."
              inputMode="numeric"
            />
          )}
        </form.Field>
      </div>
      <form.Field name="production">
        {({ state, handleChange }) => (
          <SelectField
            label="Its name has to be typed"
            value={state.value}
            onChange={(value: Typed['production']) => handleChange(value)}
            options={productions}
          />
        )}
      </form.Field>
    </DialogForm>
  );
}
