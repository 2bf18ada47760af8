import { useLocation } from 'wouter';
import type { ContractDetail } from '#main/features/contracts/contract/detail.ts';
import type { AddressNames } from '../../../core/inside/value-text.ts';
import { functionPath } from '../../../core/paths.ts';
import type { FormContext } from '../../../families/contracts/abi/form-context.ts';
import { Select } from '../../../ui/select.tsx';
import { isReading, parametersOf } from './contract-function.ts';
import { WriteForm } from './write-form.tsx';

interface WriteSectionProps {
  detail: ContractDetail;
  names: AddressNames;
  form: Omit<FormContext, 'onEnter'>;
  /** Signature of the function whose form is open; null: of the first. */
  chosen: string | null;
}

/** What a contract can be told to do, one function at a time. */
export function WriteSection({ detail, names, form, chosen }: WriteSectionProps) {
  const [, navigate] = useLocation();
  const { network, address } = detail;
  const writing = detail.functions.filter((one) => !isReading(one) || one.signature === chosen);
  const one = writing.find(({ signature }) => signature === chosen) ?? writing[0];
  return (
    <section aria-label="Write" className="rounded-lg border border-line bg-panel">
      <header className="flex min-h-10 min-w-0 items-center gap-2.5 border-b border-line px-3">
        <h2 className="text-sm font-semibold">Write</h2>
        {one && (
          <Select
            label="Function"
            value={one.signature}
            options={writing.map((each) => ({
              value: each.signature,
              text: each.signature,
              label: (
                <>
                  {each.name} <span className="text-ink-dim">{parametersOf(each)}</span>
                </>
              ),
            }))}
            onChange={(next) => navigate(functionPath(network, address, next), { replace: true })}
            mono
            className="max-w-[36rem]"
          />
        )}
      </header>
      {one ? (
        <WriteForm key={one.signature} {...{ detail, one, names, form }} />
      ) : (
        <p className="px-3 py-4 text-sm text-ink-dim">
          {detail.functions.length === 0
            ? 'Its ABI is not known: build its project, or add the contract with its ABI.'
            : 'It has no function that changes anything.'}
        </p>
      )}
    </section>
  );
}
