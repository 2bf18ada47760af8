import { sha256 } from '../../lib/sha256.ts';
import { optionsThat, optionValue } from '../tool-options.ts';
import type { FoundryConfig } from './config.ts';
import { forgeOptions } from './forge-options.ts';

/** The configuration of a run that forge gets these options in, as far as Drydock needs it. */
export function configWith(config: FoundryConfig, options: readonly string[]): FoundryConfig {
  const compiling = optionsThat(forgeOptions, options, ({ compiles }) => compiles);
  if (compiling.length === 0) return config;
  return {
    ...config,
    solc: optionValue(options, 'use') ?? config.solc,
    offline: config.offline || options.includes('--offline'),
    fingerprint: sha256(JSON.stringify([config.fingerprint, ...compiling])),
  };
}
