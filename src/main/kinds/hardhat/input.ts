import { z } from 'zod';
import { accountOrAddress } from '../../shared/address.ts';
import { allowUnsafeUpgrade, keyOfRun } from '../chain-kind.ts';
import { lines } from '../lines-input.ts';
import { contractOptions } from '../one-contract/contract-inputs.ts';

/** A request as a door may pass it: half-filled. */
export const hardhatInput = z.strictObject({
  script: z
    .string()
    .min(1)
    .max(1024)
    .optional()
    .describe(
      'an Ignition module or a script, relative to the project, deploy for hardhat-deploy, or a contract as file:Name or Name, which is deployed by itself',
    ),
  args: z
    .array(z.string().max(100_000))
    .max(64)
    .optional()
    .describe('of the constructor of a contract'),
  ...contractOptions,
  params: lines(z.string().max(100_000), 500).describe('of an Ignition module: Module.name=value'),
  tags: lines(z.string().regex(/^[^\s,]{1,200}$/, 'give one tag without commas'), 100).describe(
    'of hardhat-deploy: what has any of them is run',
  ),
  env: lines(z.string().max(32_000), 200).describe('NAME=value, or NAME'),
  profile: z
    .string()
    .regex(/^[\w.-]{1,100}$/, 'give a name of a build profile, e.g. production')
    .optional()
    .describe('a build profile of Hardhat 3'),
  options: lines(z.string().max(2000), 100).describe('of Hardhat: --flag or --flag=value'),
  from: accountOrAddress.optional(),
  key: keyOfRun,
  allowUnsafeUpgrade,
  network: z
    .string()
    .regex(/^[\w.-]{1,100}$/, 'give a name of a network, e.g. localhost')
    .optional()
    .describe('by which the configuration of the project knows it'),
  snapshot: z.boolean().optional().describe('snapshot before it; default as in the settings'),
});

/** How an entry is deployed. */
export type HardhatWay = 'ignition' | 'hardhat-deploy' | 'script' | 'contract';

/** The input of a run, whole. */
export interface HardhatRun {
  /** Relative to the project, with forward slashes; `deploy` for hardhat-deploy; `file:Name` of a contract. */
  script: string;
  way: HardhatWay;
  /** Of a contract, with `value` in wei and libraries. */
  args?: string[];
  value?: string;
  libraries?: string[];
  params: string[];
  tags: string[];
  env: string[];
  /** A build profile of Hardhat 3. */
  profile?: string;
  /** As `checkedOptions` returns them; absent: none. */
  options?: string[];
  from?: string;
  key?: string;
  allowUnsafeUpgrade?: boolean;
  network?: string;
  snapshot: boolean;
}

/** The script that stands for hardhat-deploy, which runs all of its scripts that have a tag. */
export const ALL_SCRIPTS = 'deploy';
