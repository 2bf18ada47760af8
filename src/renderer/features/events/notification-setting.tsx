import { useState } from 'react';
import type { Settings } from '#main/features/settings/contract.ts';
import { useInfo } from '../../core/queries/use-info.ts';
import { Setting } from '../../core/settings/setting.tsx';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/switch.tsx';

interface NotificationSettingProps {
  settings: Settings;
  change(part: Partial<Settings>): Promise<boolean>;
}

const asked = () => ('Notification' in window ? Notification.permission : 'denied');

/**
 * Whether to notify of a run's end while the page isn't visible; a browser asks for permission too.
 */
export function NotificationSetting({ settings, change }: NotificationSettingProps) {
  const [permission, setPermission] = useState(asked);
  const desktop = useInfo().data?.canNotify ?? false;
  const wanting = settings.notifyWhenDone && !desktop && permission !== 'granted';
  const about =
    'Show a notification of the system when a deployment ends while Drydock is in the background.';
  return (
    <Setting
      name="Notify when done"
      of="notifyWhenDone"
      about={
        wanting && permission === 'denied'
          ? `${about} This browser does not allow it for this page.`
          : about
      }
    >
      {wanting && permission === 'default' && (
        <Button size="sm" onClick={() => void Notification.requestPermission().then(setPermission)}>
          Allow in this browser
        </Button>
      )}
      <Switch
        isLabelHidden
        label="Notify when done"
        checked={settings.notifyWhenDone}
        onChange={(notifyWhenDone) => void change({ notifyWhenDone })}
      />
    </Setting>
  );
}
