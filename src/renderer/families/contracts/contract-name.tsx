import { ownLabel } from '#main/shared/contract-label.ts';
import type { Contract } from '#main/shared/result.ts';

import { cx } from '../../ui/cx.ts';

/** What the project calls a contract, beside its name; nothing where it is the same. */
export function ContractLabel(contract: Pick<Contract, 'name' | 'label'>) {
  const label = ownLabel(contract);
  if (label === null) return null;
  return (
    <span title={label} className="min-w-0 shrink-[999] truncate font-mono text-xs text-ink-dim">
      {label}
    </span>
  );
}

/** A contract's name, then what the project calls it. */
export function ContractName({ name, label }: Pick<Contract, 'name' | 'label'>) {
  return (
    <>
      <span className={cx('min-w-0 truncate', name === null && 'text-ink-dim')}>
        {name ?? 'no artifact matches its code'}
      </span>
      <ContractLabel name={name} label={label} />
    </>
  );
}
