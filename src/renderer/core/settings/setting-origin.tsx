import { RotateCcw } from 'lucide-react';
import { IconButton } from '../../ui/icon-button.tsx';
import { client } from '../client.ts';
import { useCommand } from '../commands/use-command.ts';
import { useDescribed } from './use-described.ts';

/** What decides a setting when it is not its default, and the way back to that. */
export function SettingOrigin({ of, name }: { of: string | undefined; name: string }) {
  const described = useDescribed(of);
  const reset = useCommand((key: string) => client.settings.reset({ key }), {});
  if (!described || described.origin === 'default') return null;
  const { key, variable, value, default: usual } = described;
  return (
    <>
      <span className="text-xs text-ink-dim">
        {variable ? `${variable.name}=${variable.value} comes before it` : 'set here'}
      </span>
      {(variable === null || value !== usual) && (
        <IconButton
          label={`${name}: back to the default, ${shown(usual)}`}
          icon={<RotateCcw size={14} />}
          busy={reset.busy}
          onClick={() => void reset.send(key)}
        />
      )}
    </>
  );
}

const shown = (value: string | number | boolean): string =>
  typeof value === 'boolean' ? (value ? 'on' : 'off') : `${value}` || 'none';
