import { Switch as Base } from '@base-ui/react/switch';
import { useId } from 'react';

interface SwitchProps {
  label: string;
  checked: boolean;
  onChange(checked: boolean): void;
  disabled?: boolean;
  /** Its name stands beside it already. */
  isLabelHidden?: boolean;
}

export function Switch({ label, checked, onChange, disabled, isLabelHidden }: SwitchProps) {
  const id = useId();
  return (
    <span className="inline-flex shrink-0 items-center gap-2 text-sm text-ink-soft">
      <span id={id} className={isLabelHidden ? 'sr-only' : undefined}>
        {label}
      </span>
      <Base.Root
        aria-labelledby={id}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        className="relative inline-flex h-[18px] w-[32px] shrink-0 cursor-pointer rounded-full bg-edge p-[2px] transition-colors data-checked:bg-accent data-disabled:opacity-50"
      >
        <Base.Thumb className="size-[14px] rounded-full bg-knob transition-transform data-checked:translate-x-[14px]" />
      </Base.Root>
    </span>
  );
}
