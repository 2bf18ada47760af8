import { useStore } from '@tanstack/react-form';
import { useQuery } from '@tanstack/react-query';
import { Coins } from 'lucide-react';
import { useId, useMemo } from 'react';
import { z } from 'zod';
import { accounts, type Dealt, type Token } from '#main/features/accounts/contract.ts';
import type { AccountDialog } from '../../core/accounts/account-dialogs.ts';
import { useAddressChoices } from '../../core/addresses/address-choices.tsx';
import { AddressField } from '../../core/addresses/address-field.tsx';
import { api, client } from '../../core/client.ts';
import { DialogForm } from '../../core/forms/dialog-form.tsx';
import { FormField, fieldError } from '../../core/forms/form-field.tsx';
import { inputOf } from '../../core/forms/input-of.ts';
import { optionalText, typedText } from '../../core/forms/texts.ts';
import { useCommandForm } from '../../core/forms/use-command-form.ts';
import { FieldProblem } from '../../ui/field.tsx';
import { shortHex } from '../../ui/format.ts';
import { SuggestField } from '../../ui/suggest-field.tsx';
import { Switch } from '../../ui/switch.tsx';
import { toast } from '../../ui/toast.ts';
import { tokenAmount } from './token-amount.ts';

const { token, to, amount, id, adjustSupply } = inputOf(accounts.deal).shape;

const fields = z.object({
  token: typedText(token, 'Give the address of a token, or pick one.'),
  to: typedText(to, 'Give an address, or pick one.'),
  amount: optionalText(amount.unwrap()),
  id: optionalText(id.unwrap()),
  adjustSupply: adjustSupply.unwrap(),
});

/** Tokens for an account. What a token has no use for is not asked. */
export function DealForm({ dialog, onClose }: { dialog: AccountDialog; onClose(): void }) {
  const { network, account } = dialog;
  const tokens = useQuery(api.accounts.list.queryOptions({ input: { network } })).data?.tokens;
  const command = useCommandForm({
    schema: fields,
    values: {
      token: dialog.token ?? '',
      to: account ?? '',
      amount: '',
      id: '',
      adjustSupply: false,
    },
    send({ amount: typed, id: typedId, ...input }) {
      const { standard: of } = called(tokens, input.token) ?? {};
      return client.accounts.deal({
        ...{ network, raw: false, ...input },
        amount: of === 'erc721' ? undefined : typed,
        id: of === 'erc20' ? undefined : typedId,
      });
    },
    done: (dealt) => {
      toast.success(dealtWords(dealt), { description: dealt.notes.join(' ') || undefined });
      onClose();
    },
  });
  const { form, failure } = command;
  const chosen = useStore(form.store, (state) => state.values.token);
  const known = called(tokens, chosen);
  const standard = known?.standard ?? null;
  return (
    <DialogForm command={command} verb="Deal" onCancel={onClose} shows={['amount', 'id']}>
      <form.Field name="token">
        {(field) => (
          <TokenField
            network={network}
            tokens={tokens ?? []}
            value={field.state.value}
            error={fieldError(field)}
            onChange={field.handleChange}
            autoFocus={dialog.token === null}
          />
        )}
      </form.Field>
      <form.Field name="to">
        {(field) => (
          <AddressField
            label="To"
            network={network}
            value={field.state.value}
            error={fieldError(field)}
            onChange={field.handleChange}
          />
        )}
      </form.Field>
      {standard !== 'erc721' && (
        <form.Field name="amount">
          {(field) => (
            <FormField
              field={field}
              failure={failure}
              label="Balance afterwards"
              note={known?.symbol}
              placeholder="1000"
              inputMode="decimal"
              autoFocus={dialog.token !== null}
            />
          )}
        </form.Field>
      )}
      {standard !== 'erc20' && (
        <form.Field name="id">
          {(field) => (
            <FormField
              field={field}
              failure={failure}
              label="Id"
              note={standard === null ? 'of an ERC-721 or ERC-1155' : undefined}
              placeholder="1"
              inputMode="numeric"
              autoFocus={dialog.token !== null && standard === 'erc721'}
            />
          )}
        </form.Field>
      )}
      <form.Field name="adjustSupply">
        {(field) => (
          <Switch
            label="Change the total supply by as much"
            checked={field.state.value}
            onChange={field.handleChange}
          />
        )}
      </form.Field>
    </DialogForm>
  );
}

/** One of the listed tokens by its address. */
const called = (tokens: readonly Token[] | undefined, text: string): Token | undefined =>
  tokens?.find(({ address }) => address.toLowerCase() === text.trim().toLowerCase());

interface TokenFieldProps {
  network: string;
  tokens: readonly Token[];
  value: string;
  error: string | null;
  autoFocus: boolean;
  onChange(token: string): void;
}

/** A token by its symbol, or any address. */
function TokenField({ network, tokens, error, ...field }: TokenFieldProps) {
  const fieldId = useId();
  const addresses = useAddressChoices(network);
  const groups = useMemo(() => {
    const items = tokens.map(({ address, symbol, name }) => ({
      ...{ value: address, name: symbol, about: shortHex(address), detail: name ?? '' },
      icon: <Coins aria-hidden="true" size={14} />,
    }));
    const contracts = addresses.filter(({ title }) => title === 'Contracts');
    const listed = new Set(tokens.map(({ address }) => address.toLowerCase()));
    return [
      { title: 'Tokens', items },
      ...contracts.map(({ title, items: others }) => ({
        ...{ title, items: others.filter(({ value }) => !listed.has(value.toLowerCase())) },
      })),
    ];
  }, [tokens, addresses]);
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={fieldId} className="text-xs font-medium text-ink-soft">
        Token
      </label>
      <SuggestField
        {...field}
        id={fieldId}
        label="Token"
        groups={groups}
        placeholder="0x… or pick by symbol"
        invalid={Boolean(error)}
        describedBy={error ? `${fieldId}-about` : undefined}
      />
      {error && (
        <div id={`${fieldId}-about`}>
          <FieldProblem>{error}</FieldProblem>
        </div>
      )}
    </div>
  );
}

function dealtWords({
  token: { symbol, address, decimals, standard },
  to: who,
  id: of,
  after,
}: Dealt) {
  const name = symbol ?? shortHex(address);
  return standard === 'erc721'
    ? `${shortHex(who)} owns ${name} ${of}`
    : `${shortHex(who)} has ${tokenAmount(after, decimals)} ${name}${of === null ? '' : ` of id ${of}`}`;
}
