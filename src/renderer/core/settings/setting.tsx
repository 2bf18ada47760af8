import type { ReactNode } from 'react';
import type { Settings } from '#main/features/settings/contract.ts';
import { SettingOrigin } from './setting-origin.tsx';
import { useIsFound } from './setting-search.ts';

interface SettingProps {
  name: string;
  about: string;
  /** Its key; without one it has no default to go back to. */
  of?: keyof Settings;
  /** Its control. */
  children: ReactNode;
}

/** A setting with its control, and a way back to its default once it is another. */
export function Setting({ name, about, of, children }: SettingProps) {
  const isFound = useIsFound(name, about);
  if (!isFound) return null;
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
        <SettingOrigin of={of === undefined ? undefined : `${of}`} name={name} />
        {children}
      </div>
    </div>
  );
}
