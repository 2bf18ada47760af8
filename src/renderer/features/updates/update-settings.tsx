import { useQuery } from '@tanstack/react-query';
import { api, client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import type { SlotProps } from '../../core/feature/slots.ts';
import { Setting } from '../../core/settings/setting.tsx';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { updateText } from './update-text.ts';

const channels = [
  { value: 'latest', text: 'released', label: 'released versions' },
  { value: 'beta', text: 'beta', label: 'beta versions too' },
] as const;

/** Newer versions of the installed app, and whether it looks for them by itself. */
export function UpdateSettings({ settings, change }: SlotProps['settings.sections']) {
  const status = useQuery(api.updates.status.queryOptions()).data;
  const check = useCommand(() => client.updates.check());
  const install = useCommand(() => client.updates.install());
  if (!status) return null;
  const isReady = status.state === 'ready';
  return (
    <Section title="Updates" aside={<span>Drydock {status.current}</span>}>
      <Setting name="This version" about={updateText(status)}>
        {status.supported && (
          <Button
            size="sm"
            busy={check.busy || install.busy || status.state === 'downloading'}
            onClick={() => void (isReady ? install.send(undefined) : check.send(undefined))}
          >
            {isReady ? 'Restart and update' : 'Look now'}
          </Button>
        )}
      </Setting>
      {status.notes !== null && (
        <p className="whitespace-pre-wrap text-sm text-ink-dim">{status.notes}</p>
      )}
      {status.supported && (
        <>
          <Setting
            name="Look for updates"
            of="updates"
            about="Looks for newer versions by itself, and downloads them while no deployment runs. They are installed when you say so."
          >
            <Switch
              isLabelHidden
              label="Look for updates"
              checked={settings.updates === 'on'}
              onChange={(on) => void change({ updates: on ? 'on' : 'off' })}
            />
          </Setting>
          <Setting name="Versions" of="updateChannel" about="Which versions are offered.">
            <Select
              label="Versions"
              value={settings.updateChannel}
              options={[...channels]}
              onChange={(updateChannel) => void change({ updateChannel })}
            />
          </Setting>
        </>
      )}
    </Section>
  );
}
