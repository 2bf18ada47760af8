import { z } from 'zod';

/** The input of a kind that names what is deployed: a script, or a contract. */
const ENTRY = 'script';

/** What contracts are deployed with, besides their arguments. */
export interface ContractOptions {
  value?: string;
  libraries?: string[];
}

/** The entry's name for requests that mean a contract. */
export const contractAlias = {
  name: 'contract',
  option: '--contract <[file:]name>',
  help: 'a contract to deploy by itself, without a script',
};

/** Schemas of `ContractOptions`, as a door may pass them. */
export const contractOptions = {
  value: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('what a constructor is sent: wei, or an amount with its unit, as in 1.5ether'),
  libraries: z
    .array(
      z
        .string()
        .max(1000)
        .regex(
          /^[^\s=]+=0x[0-9a-fA-F]{40}$/,
          'give a library and its address, as in src/Math.sol:Math=0x…',
        ),
    )
    .max(100)
    .optional()
    .describe('those of a contract that are there: Name=address, or file:Name=address'),
};

/** The inputs for `ContractOptions`, of kinds whose entries may be contracts. */
export const contractInputs = [
  {
    name: 'value',
    control: 'text' as const,
    label: 'Value',
    help: 'ether for the constructor of a contract: wei, or 1.5ether',
    option: '--value <amount>',
    of: ENTRY,
    remembered: true,
    when: { asked: true },
  },
  {
    name: 'libraries',
    control: 'text' as const,
    label: 'Libraries',
    help: 'a library of a contract that is there already, Name=address; others are deployed first',
    option: '--library <name=address>',
    repeatable: true,
    of: ENTRY,
    remembered: true,
    advanced: true,
    when: { asked: true },
  },
];
