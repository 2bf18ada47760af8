import { describeKind, type KindInfo } from '../../shared/kind.ts';
import { firstPhases, fromInput, optionsInput, recordPhase, snapshotInput } from '../chain-kind.ts';
import { contractAlias, contractInputs } from '../one-contract/contract-inputs.ts';

/** Phases that forge's output of a run indicates. */
export type FoundryPhase = 'compile' | 'simulate' | 'broadcast' | 'record';

/** Foundry projects, deployed by one of their scripts. */
export const foundryInfo: KindInfo = describeKind({
  id: 'foundry',
  label: 'Foundry',
  icon: 'hammer',
  markers: ['foundry.toml'],
  target: 'chain',
  family: 'contracts',
  // One command compiles and broadcasts: from compile on, only its records show what it did.
  phases: [
    ...firstPhases,
    {
      id: 'compile',
      label: 'Compile',
      doing: 'Compiling',
      about: 'Also the download of a compiler.',
      limit: 1800,
      afterCrash: 'check',
    },
    {
      id: 'simulate',
      label: 'Simulate',
      doing: 'Simulating',
      about: 'The script against the network’s state.',
      limit: 900,
      afterCrash: 'check',
    },
    {
      id: 'broadcast',
      label: 'Broadcast',
      doing: 'Broadcasting',
      counted: true,
      about: 'Until every transaction is mined.',
      limit: 1800,
      afterCrash: 'check',
    },
    recordPhase,
  ],
  inputs: [
    {
      name: 'script',
      control: 'entry',
      label: 'Script or contract',
      help: 'a script, or a contract to deploy by itself; default: script/Deploy.s.sol',
      option: '--script <file[:Contract]>',
      alias: contractAlias,
      remembered: true,
    },
    {
      name: 'sig',
      control: 'call',
      label: 'Function',
      help: "e.g. 'run(uint256)'; default: run()",
      option: '--sig <signature>',
      of: 'script',
      remembered: true,
    },
    {
      name: 'args',
      control: 'abi-arguments',
      label: 'Arguments',
      help: 'an argument of it',
      option: '--arg <value>',
      repeatable: true,
      of: 'sig',
      remembered: true,
    },
    ...contractInputs,
    {
      name: 'profile',
      control: 'choice',
      label: 'Profile',
      help: 'of foundry.toml, for the whole run; default: that of FOUNDRY_PROFILE, or default',
      option: '--profile <name>',
      remembered: true,
    },
    fromInput,
    {
      name: 'account',
      control: 'text',
      label: 'Keystore account',
      help: 'Foundry keystore, for remote networks',
      option: '--account <name>',
      remembered: true,
      when: { target: ['remote'] },
    },
    {
      name: 'passwordFile',
      control: 'file',
      label: 'Password file',
      help: "the keystore's password",
      option: '--password-file <file>',
      remembered: true,
      when: { target: ['remote'] },
    },
    snapshotInput,
    {
      name: 'allowChains',
      control: 'number',
      label: 'Other chains',
      help: 'ids of other chains that the script may send to',
      option: '--allow-chain <id>',
      repeatable: true,
      advanced: true,
    },
    optionsInput,
    {
      name: 'argsAreNoSecret',
      control: 'switch',
      label: 'Arguments are no secret',
      help: 'arguments that look like a private key are none, such as a hash',
      option: '--not-secret',
      advanced: true,
    },
  ],
  actions: [{ id: 'libraries', label: 'Install libraries' }],
});
