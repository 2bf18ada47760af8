import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Settings, settingsShape } from '#main/features/settings/contract.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useSettings } from '../queries/use-settings.ts';
import { useIsFound } from './setting-search.ts';

const defaults: Settings = settingsShape.parse({});

interface SettingProps {
  name: string;
  about: string;
  /** Its key; without one it has no default to go back to. */
  of?: keyof typeof settingsShape.shape;
  /** Its control. */
  children: ReactNode;
}

/** A setting with its control, and a way back to its default once it is another. */
export function Setting({ name, about, of, children }: SettingProps) {
  const { settings, change } = useSettings();
  const isFound = useIsFound(name, about);
  if (!isFound) return null;
  const isOwn = of !== undefined && settings !== undefined && settings[of] !== defaults[of];
  return (
    <div
      data-setting={name}
      className="flex flex-wrap items-center justify-between gap-4 rounded-lg border border-line bg-panel px-4 py-3"
    >
      <div className="min-w-0 flex-1 basis-64">
        <p className="text-sm">{name}</p>
        <p className="text-sm text-ink-dim">{about}</p>
      </div>
      <div className="flex items-center gap-1.5">
        {isOwn && (
          <IconButton
            label={`${name}: back to the default, ${shown(defaults[of])}`}
            icon={<RotateCcw size={14} />}
            onClick={() => void change({ [of]: defaults[of] })}
          />
        )}
        {children}
      </div>
    </div>
  );
}

const shown = (value: unknown): string =>
  typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
