import { z } from 'zod';
import { accountOrAddress } from '../../shared/address.ts';
import { allowUnsafeUpgrade, keyOfRun } from '../chain-kind.ts';
import { lines } from '../lines-input.ts';
import { contractOptions } from '../one-contract/contract-inputs.ts';

/** A request as a door may pass it: incomplete. */
export const foundryInput = z.strictObject({
  script: z
    .string()
    .min(1)
    .max(1024)
    .optional()
    .describe(
      'a script as file or file:Contract, relative to the project, or a contract as file:Name or Name, which is deployed by itself; default script/Deploy.s.sol',
    ),
  sig: z
    .string()
    .min(1)
    .max(512)
    .optional()
    .describe('e.g. run(uint256); default: the only one, or run(); of a contract: constructor'),
  args: z.array(z.string().max(100_000)).max(64).optional(),
  ...contractOptions,
  env: lines(z.string().max(32_000), 200).describe('NAME=value, or NAME'),
  profile: z.string().min(1).max(200).optional().describe('of foundry.toml, for the whole run'),
  options: lines(z.string().max(2000), 100).describe('of forge script: --flag or --flag=value'),
  from: accountOrAddress.optional(),
  key: keyOfRun,
  account: z.string().min(1).max(200).optional().describe('Foundry keystore, for remote networks'),
  passwordFile: z.string().min(1).max(4096).optional(),
  snapshot: z.boolean().optional().describe('snapshot before it; default as in the settings'),
  allowChains: z
    .array(z.int().positive())
    .max(20)
    .optional()
    .describe('ids of other chains that the script may send to as well'),
  allowUnsafeUpgrade,
  argsAreNoSecret: z
    .literal(true)
    .optional()
    .describe('of arguments that look like a private key: they are none'),
});

/** The whole request. */
export type FoundryRequest = z.infer<typeof foundryInput> & {
  /** file:Contract */
  script: string;
  sig: string;
  args: string[];
};
