import { z } from 'zod';
import type { KindInfo } from '../shared/kind.ts';
import { OPTIONS_FIELD } from './tool-options.ts';

type Phase = KindInfo['phases'][number];

/** Phases of every kind that deploys contracts, before and after its own. */
export const firstPhases: readonly Phase[] = [
  {
    id: 'source',
    label: 'Source',
    doing: 'Reading the source',
    limit: null,
    afterCrash: 'repeat',
  },
  {
    id: 'prepare',
    label: 'Prepare',
    doing: 'Preparing',
    limit: null,
    afterCrash: 'repeat',
    acquires: true,
  },
];

export const recordPhase: Phase = {
  id: 'record',
  label: 'Record',
  doing: 'Recording',
  limit: null,
  afterCrash: 'check',
};

const onOwnChains = { target: ['local' as const, 'fork' as const] };

/** Who sends: any account of a chain of Drydock's. */
export const fromInput = {
  name: 'from',
  control: 'account' as const,
  label: 'From',
  help: 'index, address, label or name of a contract; default: account 0 of a local chain',
  option: '--from <account>',
  remembered: true,
  when: onOwnChains,
};

/** Who signs on a network that others see: what was reviewed, and nothing else. */
export const keyInput = {
  name: 'key',
  control: 'key' as const,
  label: 'Key',
  help: 'signs what was reviewed; see "drydock key list"',
  option: '--key <name>',
  remembered: true,
  when: { target: ['remote' as const] },
};

export const keyOfRun = z
  .string()
  .min(1)
  .max(64)
  .optional()
  .describe('name of the key that signs, on remote networks; what it sends is reviewed first');

/** Consent to what the check of upgrades refuses. */
export const allowUnsafeUpgrade = z
  .boolean()
  .optional()
  .describe('send an upgrade of a proxy also when the check finds that it breaks what is there');

export const unsafeUpgradeInput = {
  name: 'allowUnsafeUpgrade',
  control: 'switch' as const,
  label: 'Allow unsafe upgrades',
  help: 'an upgrade of a proxy is sent also when it breaks what is there',
  option: '--allow-unsafe-upgrade',
  advanced: true,
};

/** See `environmentOf`. */
export const envInput = {
  name: 'env',
  control: 'env' as const,
  label: 'Environment',
  help: 'NAME=value, or NAME alone to take the value that is kept for it, or that of the environment of Drydock, and store it nowhere.',
  option: '--env <NAME=value>',
  repeatable: true,
  remembered: true,
  advanced: true,
};

/** See `checkedOptions`. */
export const optionsInput = {
  name: OPTIONS_FIELD,
  control: 'text' as const,
  label: 'Tool options',
  help: 'a flag that is passed on to the tool, with "=" before its value',
  option: '--tool-option <flag[=value]>',
  repeatable: true,
  remembered: true,
  advanced: true,
};

export const snapshotInput = {
  name: 'snapshot',
  control: 'switch' as const,
  label: 'Snapshot before deploy',
  setting: 'snapshotBeforeDeploy',
  remembered: true,
  help: 'no automatic snapshot before it',
  option: '--no-snapshot',
  when: onOwnChains,
};
