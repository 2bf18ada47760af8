import type { Settings } from '#main/features/settings/contract.ts';
import { useSettings } from '../../../../core/queries/use-settings.ts';
import { Switch } from '../../../../ui/switch.tsx';
import type { ControlProps } from './control.ts';

/** Yes or no. Untouched, it follows its setting, or is off. */
export function SwitchControl({ shown: { input, value }, onChange }: ControlProps) {
  const { settings } = useSettings();
  const usual = input.setting !== undefined && settings?.[input.setting as keyof Settings] === true;
  return (
    <Switch
      label={input.label}
      checked={value === undefined ? usual : value === true}
      onChange={onChange}
    />
  );
}
