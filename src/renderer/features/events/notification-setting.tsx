import { useState } from 'react';
import type { Settings } from '#main/features/settings/contract.ts';
import { useInfo } from '../../core/queries/use-info.ts';
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
  return (
    <div className="flex flex-wrap items-center justify-between gap-4 rounded-lg border border-line bg-panel px-4 py-3">
      <p className="min-w-0 flex-1 basis-64 text-sm text-ink-dim">
        Show a notification of the system when a deployment ends while Drydock is in the background.
        {wanting && permission === 'denied' && ' This browser does not allow it for this page.'}
      </p>
      {wanting && permission === 'default' && (
        <Button size="sm" onClick={() => void Notification.requestPermission().then(setPermission)}>
          Allow in this browser
        </Button>
      )}
      <Switch
        label="Notify when done"
        checked={settings.notifyWhenDone}
        onChange={(notifyWhenDone) => void change({ notifyWhenDone })}
      />
    </div>
  );
}
