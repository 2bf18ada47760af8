import { AppError } from '../../kit/errors.ts';
import { look } from '../../kit/look.ts';
import type { Emit } from '../events/contract.ts';
import { type Settings, settingsShape } from './contract.ts';
import type { SettingsStore } from './store.ts';

export function settingsService(store: SettingsStore, emit: Emit) {
  const get = (): Settings => {
    const stored = Object.fromEntries(store.all().map((s) => [s.key, JSON.parse(s.value)]));
    return settingsShape.parse(stored);
  };
  return {
    get,
    set(patch: Partial<Settings>): Settings {
      if (patch.foundryPath && !look(patch.foundryPath)) {
        throw new AppError(
          'BAD_INPUT',
          `There is no folder ${patch.foundryPath}. Give the one that holds forge and anvil.`,
          { field: 'foundryPath' },
        );
      }
      if (patch.caFile && !look(patch.caFile)?.isFile()) {
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
      if (patch.foundryImage && !/^[a-z0-9][\w./:@-]*$/i.test(patch.foundryImage)) {
        throw new AppError(
          'BAD_INPUT',
          'The reference of an image looks like ghcr.io/foundry-rs/foundry:v1.7.1.',
          { field: 'foundryImage' },
        );
      }
      const entries = Object.entries(patch).filter(([, value]) => value !== undefined);
      store.put(entries.map(([key, value]) => [key, JSON.stringify(value)]));
      emit({ type: 'settings.changed', keys: entries.map(([key]) => key) });
      return get();
    },
  };
}

export type SettingsService = ReturnType<typeof settingsService>;
