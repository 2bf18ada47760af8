import { statOf } from '../../lib/fs-sync.ts';
import { AppError } from '../../shared/errors.ts';
import type { SettingSpec } from '../../shared/setting.ts';
import type { Emit } from '../events/contract.ts';
import {
  type DescribedSetting,
  type Settings,
  settingsShape,
  settingVariables,
} from './contract.ts';
import type { SettingsStore } from './store.ts';

const LONGEST_TEXT = 4096;

/**
 * @param ofKinds the settings that kinds of projects add
 * @param env the environment of this core, whose variables come before some settings
 */
export function settingsService(
  store: SettingsStore,
  emit: Emit,
  ofKinds: readonly SettingSpec[],
  env: Readonly<Record<string, string | undefined>> = process.env,
) {
  const keys = [...settingsShape.keyof().options, ...ofKinds.map(({ key }) => key)];
  const none = Object.fromEntries(ofKinds.map(({ key }) => [key, '']));

  const get = (): Settings => {
    const stored = store
      .all()
      .filter(({ key }) => keys.includes(key))
      .map(({ key, value }) => [key, JSON.parse(value)]);
    return settingsShape.parse({ ...none, ...Object.fromEntries(stored) });
  };

  return {
    get,

    /** A setting of a kind; empty: not set. */
    textOf(key: string): string {
      const value = get()[key];
      return typeof value === 'string' ? value : '';
    },

    ofKinds: (): SettingSpec[] => [...ofKinds],

    describe(): DescribedSetting[] {
      const values = get();
      const defaults: Settings = settingsShape.parse(none);
      const own = new Set(store.all().map(({ key }) => key));
      return keys.map((key) => {
        const name = settingVariables[key];
        const value = name === undefined ? undefined : env[name];
        const variable = name !== undefined && value ? { name, value } : null;
        return {
          key,
          value: plainValue(values[key]),
          default: plainValue(defaults[key]),
          origin: variable ? 'environment' : own.has(key) ? 'here' : 'default',
          variable,
        };
      });
    },

    reset(key: string): Settings {
      if (!keys.includes(key)) throw unknownKey(key, keys);
      store.remove(key);
      emit({ type: 'settings.changed', keys: [key] });
      return get();
    },

    set(patch: Partial<Settings>): Settings {
      const entries = Object.entries(patch).filter(([, value]) => value !== undefined);
      for (const [key, value] of entries) {
        if (!keys.includes(key)) throw unknownKey(key, keys);
        const spec = ofKinds.find((one) => one.key === key);
        if (spec) assertFits(spec, value);
      }
      if (patch.caFile && !statOf(patch.caFile)?.isFile()) {
        throw new AppError(
          'BAD_INPUT',
          `There is no file ${patch.caFile}. Give one with certificates in PEM.`,
          { field: 'caFile' },
        );
      }
      if (patch.dockerHost && !/^((unix|npipe|tcp|ssh|https?):\/\/)?\S+$/.test(patch.dockerHost)) {
        throw new AppError(
          'BAD_INPUT',
          'The address of a Docker daemon looks like unix:///var/run/docker.sock, tcp://host:2376 or ssh://user@host.',
          { field: 'dockerHost' },
        );
      }
      store.put(entries.map(([key, value]) => [key, JSON.stringify(value)]));
      emit({ type: 'settings.changed', keys: entries.map(([key]) => key) });
      return get();
    },
  };
}

export type SettingsService = ReturnType<typeof settingsService>;

/** All settings are texts, numbers or switches. */
const plainValue = (value: unknown): DescribedSetting['value'] =>
  typeof value === 'number' || typeof value === 'boolean' ? value : String(value ?? '');

const unknownKey = (key: string, keys: readonly string[]): AppError =>
  new AppError('BAD_INPUT', `There is no setting "${key}". Give one of ${keys.join(', ')}.`, {
    field: key,
  });

/** Throws BAD_INPUT. */
function assertFits({ key, type, remedy }: SettingSpec, value: unknown): void {
  const refused = (why: string) => new AppError('BAD_INPUT', `${why}${remedy}`, { field: key });
  if (typeof value !== 'string' || value.length > LONGEST_TEXT) throw refused('');
  if (value === '') return;
  if (type === 'folder' && !statOf(value)) throw refused(`There is no folder ${value}. `);
  if (type === 'image' && !/^[a-z0-9][\w./:@-]*$/i.test(value)) throw refused('');
}
