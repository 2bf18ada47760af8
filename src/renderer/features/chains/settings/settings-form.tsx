import { useStore } from '@tanstack/react-form';
import { byDefault, type Chain, hardforks } from '#main/features/chains/contract.ts';
import { closeChainSettings } from '../../../core/chains/settings-dialog.ts';
import { client } from '../../../core/client.ts';
import { DialogForm } from '../../../core/forms/dialog-form.tsx';
import { FormField } from '../../../core/forms/form-field.tsx';
import { useCommandForm } from '../../../core/forms/use-command-form.ts';
import { problemOf } from '../../../core/problems/problem.ts';
import { isUp } from '../../../core/words/chain-words.ts';
import { count } from '../../../ui/format.ts';
import { SelectField } from '../../../ui/select-field.tsx';
import { toast } from '../../../ui/toast.ts';
import { beginField, beginHint, hasField } from '../fork/begin-words.ts';
import { type Begin, begins } from '../fork/fork-begin.ts';
import { useUpstream } from '../fork/use-upstream.ts';
import { askAnew } from './anew-state.ts';
import { MnemonicField } from './mnemonic-field.tsx';
import {
  type AskedSettings,
  fieldsOf,
  type SettingsFields,
  settingsFields,
} from './settings-fields.ts';

const forks = ['default', ...hardforks.toReversed()] as const;

const keys = [
  { value: 'public', text: 'public', label: 'anvil’s mnemonic', detail: 'public' },
  { value: 'own', text: 'own', label: 'a mnemonic of your own', detail: 'sealed' },
] as const;

interface SettingsFormProps {
  chain: Chain;
  /** Where its network says that it begins; null: at the newest block. */
  forkBlock: number | null;
}

export function SettingsForm({ chain, forkBlock }: SettingsFormProps) {
  const { name, creation } = chain;
  const kept = chain.forkBlock ?? forkBlock;
  const command = useCommandForm({
    schema: settingsFields(creation.ownMnemonic),
    values: fieldsOf(chain, chain.kind === 'fork' && kept === null ? 'latest' : 'kept'),
    send: (input) => startSo(chain, input),
    done({ started, input }) {
      if (!started) return askAnew({ chain: name, input });
      closeChainSettings();
      toast.success(`${name} runs at ${started.rpcUrl}`);
    },
  });
  const { form, failure } = command;
  const { begin, back, keys: from } = useStore(form.store, ({ values }) => values);
  const isAsItIs = useStore(form.store, (state) => state.isDefaultValue);
  const upstream = useUpstream(name, chain.kind === 'fork' && begin !== 'kept').data;
  return (
    <DialogForm
      command={command}
      verb={isUp(chain) ? 'Restart' : 'Start'}
      onCancel={closeChainSettings}
      shows={['mnemonic']}
      disabled={isUp(chain) && isAsItIs}
    >
      {chain.kind === 'fork' && (
        <div className="grid grid-cols-2 items-start gap-3">
          <form.Field name="begin">
            {(field) => (
              <SelectField<Begin>
                label="Begins at"
                value={field.state.value}
                options={beginOptions(kept)}
                plainValue
                onChange={field.handleChange}
              />
            )}
          </form.Field>
          {hasField(begin) ? (
            <form.Field key={begin} name={begin}>
              {(field) => (
                <FormField
                  field={field}
                  {...beginField[begin]}
                  hint={beginHint(begin, back, upstream)}
                  autoFocus
                />
              )}
            </form.Field>
          ) : (
            <p className="mt-[26px] text-xs text-ink-dim">{beginHint(begin, back, upstream)}</p>
          )}
        </div>
      )}
      <div className="grid grid-cols-2 items-start gap-3">
        <form.Field name="hardfork">
          {(field) => (
            <SelectField<SettingsFields['hardfork']>
              label="Hardfork"
              value={field.state.value}
              options={forks.map((one) => ({ value: one, text: one, label: one }))}
              onChange={field.handleChange}
            />
          )}
        </form.Field>
        <form.Field name="chainId">
          {(field) => (
            <FormField
              field={field}
              label="Chain id"
              inputMode="numeric"
              placeholder={
                creation.chainId === null ? String(chain.chainId) : 'as its network says'
              }
            />
          )}
        </form.Field>
        <form.Field name="accounts">
          {(field) => (
            <FormField
              field={field}
              label="Accounts"
              inputMode="numeric"
              placeholder={String(byDefault.accounts)}
            />
          )}
        </form.Field>
        <form.Field name="balance">
          {(field) => (
            <FormField
              field={field}
              label="Balance of each"
              note="ETH"
              inputMode="numeric"
              placeholder={count(byDefault.balance)}
            />
          )}
        </form.Field>
        <form.Field name="keys">
          {(field) => (
            <SelectField<SettingsFields['keys']>
              label="Keys from"
              value={field.state.value}
              options={[...keys]}
              plainValue
              onChange={field.handleChange}
            />
          )}
        </form.Field>
        <form.Field name="codeSizeLimit">
          {(field) => (
            <FormField
              field={field}
              label="Code size limit"
              note="bytes"
              inputMode="numeric"
              placeholder={count(byDefault.codeSizeLimit)}
            />
          )}
        </form.Field>
      </div>
      {from === 'own' && (
        <form.Field name="mnemonic">
          {(field) => (
            <MnemonicField field={field} failure={failure} isKept={creation.ownMnemonic} />
          )}
        </form.Field>
      )}
    </DialogForm>
  );
}

/** Starts a chain so; `started` is null where it would have to be created anew for that. */
async function startSo(chain: Chain, asked: AskedSettings) {
  const isThere = asked.forkBlock === chain.forkBlock;
  const input = isThere ? { ...asked, forkBlock: undefined } : asked;
  if (input.forkBlock !== undefined && chain.forkBlock !== null) return { input, started: null };
  const { start, restart } = client.chains;
  const send = isUp(chain) ? restart : start;
  try {
    return { input, started: await send({ chain: chain.name, ...input }) };
  } catch (error) {
    if (problemOf(error).code === 'FRESH_NEEDED') return { input, started: null };
    throw error;
  }
}

function beginOptions(kept: number | null) {
  const labels: Record<Begin, { label: string; detail?: string }> = {
    kept: { label: `block ${count(kept)}`, detail: 'as it is' },
    latest: { label: 'the newest block' },
    block: { label: 'a block', detail: 'by its number' },
    back: { label: 'blocks back', detail: 'behind the newest' },
    time: { label: 'a date and time' },
  };
  return begins
    .filter((begin) => begin !== 'kept' || kept !== null)
    .map((value) => ({ value, text: labels[value].label, ...labels[value] }));
}
