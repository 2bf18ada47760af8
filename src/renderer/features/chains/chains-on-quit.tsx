import type { SlotProps } from '../../core/feature/slots.ts';
import { Setting } from '../../core/settings/setting.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';

const ways: { value: 'leave' | 'stop'; text: string; label: string }[] = [
  { value: 'leave', text: 'go on', label: 'go on' },
  { value: 'stop', text: 'are stopped', label: 'are stopped' },
];

/** What becomes of running chains when the app ends. */
export function ChainsOnQuit({ settings, change }: SlotProps['settings.sections']) {
  return (
    <Section title="When the app ends">
      <Setting
        name="Chains when the app ends"
        of="chainsOnQuit"
        about="Chains that run are saved and go on for your programs, or are saved and stopped."
      >
        <Select
          label="Chains when the app ends"
          value={settings.chainsOnQuit}
          options={ways}
          onChange={(chainsOnQuit) => void change({ chainsOnQuit })}
        />
      </Setting>
    </Section>
  );
}
