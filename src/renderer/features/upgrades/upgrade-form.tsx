import { useQuery } from '@tanstack/react-query';
import { useId, useMemo, useState } from 'react';
import type { ContractDetail } from '#main/features/contracts/contract/detail.ts';
import { useAddressChoices } from '../../core/addresses/address-choices.tsx';
import { api } from '../../core/client.ts';
import { type AbiParameter, shapeOf } from '../../families/contracts/abi/abi-shape.ts';
import { ArgumentField } from '../../families/contracts/abi/argument-field.tsx';
import { AbiFormContext, usualUnits } from '../../families/contracts/abi/form-context.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { SuggestField } from '../../ui/suggest-field.tsx';
import type { AskedUpgrade } from './asked-upgrade.ts';
import { useImplementations } from './use-implementations.ts';

/** As many transactions as a check takes without being told. */
const usualReplay = 50;
const mostReplay = 1000;

interface UpgradeFormProps {
  proxy: ContractDetail;
  asked: AskedUpgrade | null;
  busy: boolean;
  onCheck(asked: AskedUpgrade): void;
}

/** What is to run behind a proxy, and how much of its past is tried with it. */
export function UpgradeForm({ proxy, asked, busy, onCheck }: UpgradeFormProps) {
  const id = useId();
  const [to, setTo] = useState(asked?.to ?? '');
  const [texts, setTexts] = useState<readonly string[]>(asked?.arguments ?? []);
  const [replay, setReplay] = useState(String(asked?.replay ?? usualReplay));
  const { groups, artifactOf } = useImplementations(proxy.network, proxy.deployment?.project.id);
  const inputs = useConstructor(artifactOf(to));
  const isReplay = /^\d{1,4}$/.test(replay) && Number(replay) <= mostReplay;
  const check = () => {
    if (to.trim() === '' || !isReplay || busy) return;
    const given = inputs.map((_, i) => texts[i] ?? '');
    // Without any, what does not depend on them is checked.
    const isGiven = given.some((text) => text !== '');
    onCheck({ to: to.trim(), arguments: isGiven ? given : [], replay: Number(replay) });
  };
  return (
    <form
      aria-label="Upgrade"
      onSubmit={(event) => {
        event.preventDefault();
        check();
      }}
      className="flex shrink-0 flex-col gap-3"
    >
      <div className="flex flex-wrap items-start gap-3">
        <div className="flex min-w-0 flex-1 basis-72 flex-col gap-1">
          <label htmlFor={id} className="text-xs font-medium text-ink-soft">
            New implementation
          </label>
          <SuggestField
            id={id}
            label="New implementation"
            value={to}
            groups={groups}
            placeholder="project.Contract, or 0x…"
            autoFocus={asked === null}
            onChange={setTo}
            onEnter={check}
          />
        </div>
        <Field
          label="Calls to replay"
          inputMode="numeric"
          className="w-36"
          value={replay}
          error={isReplay ? null : `0 to ${mostReplay}`}
          onChange={(event) => setReplay(event.target.value.trim())}
        />
        <Button
          type="submit"
          variant="primary"
          className="mt-[22px]"
          busy={busy}
          disabled={to.trim() === '' || !isReplay}
        >
          {busy ? 'Checking' : 'Check'}
        </Button>
      </div>
      {inputs.length > 0 && (
        <ConstructorFields
          network={proxy.network}
          inputs={inputs}
          texts={texts}
          onChange={setTexts}
          onEnter={check}
        />
      )}
    </form>
  );
}

const none: readonly AbiParameter[] = [];

/** The arguments that the constructor of a compiled contract takes. */
function useConstructor(artifact: number | undefined): readonly AbiParameter[] {
  const { data } = useQuery(
    api.artifacts.get.queryOptions({
      input: { artifact: artifact ?? 0 },
      enabled: artifact !== undefined,
    }),
  );
  const found = artifact === undefined ? undefined : data?.abi.find(isConstructor);
  return (found?.inputs as readonly AbiParameter[] | undefined) ?? none;
}

const isConstructor = ({ type }: { type: string }): boolean => type === 'constructor';

interface ConstructorFieldsProps {
  network: string;
  inputs: readonly AbiParameter[];
  texts: readonly string[];
  onChange(texts: readonly string[]): void;
  onEnter(): void;
}

function ConstructorFields({ network, inputs, texts, onChange, onEnter }: ConstructorFieldsProps) {
  const addresses = useAddressChoices(network);
  const form = useMemo(() => ({ addresses, units: usualUnits, onEnter }), [addresses, onEnter]);
  return (
    <AbiFormContext value={form}>
      <fieldset
        aria-label="Constructor arguments"
        className="grid grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-x-3 gap-y-2"
      >
        {inputs.map((input, i) => (
          <ArgumentField
            key={`${input.name} ${input.type}`}
            shape={shapeOf(input)}
            label={input.name || `argument ${i + 1}`}
            value={texts[i] ?? ''}
            onChange={(text) =>
              onChange(inputs.map((_, at) => (at === i ? text : (texts[at] ?? ''))))
            }
          />
        ))}
      </fieldset>
    </AbiFormContext>
  );
}
