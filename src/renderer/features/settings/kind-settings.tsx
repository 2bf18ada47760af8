import type { Settings } from '#main/features/settings/contract.ts';
import type { SettingSpec } from '#main/shared/setting.ts';
import { TextSetting } from './text-setting.tsx';

/** The settings of one group that kinds of projects add. */
export function KindSettings({
  group,
  specs,
  settings,
  change,
}: {
  group: string;
  specs: readonly SettingSpec[];
  settings: Settings;
  change: (part: Partial<Settings>) => Promise<boolean>;
}) {
  return specs
    .filter((spec) => spec.group === group)
    .map(({ key, label, placeholder, hint }) => {
      const value = String(settings[key] ?? '');
      return (
        <TextSetting
          key={`${key} ${value}`}
          label={label}
          placeholder={placeholder}
          hint={hint}
          value={value}
          name={key}
          change={change}
        />
      );
    });
}
