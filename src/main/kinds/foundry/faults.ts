import { satisfies } from 'semver';

/** How a run uses forge, as far as faults depend on it. */
export interface ForgeUse {
  /** The node signs. */
  unlocked: boolean;
  /** The source of the script. */
  script: () => string;
}

interface Fault {
  /** The versions of forge that have it. */
  range: string;
  applies: (use: ForgeUse) => boolean;
  /** What happens, and what to do, as sentences. */
  message: string;
}

/** What versions of forge are known to do wrong in deployments to a local chain. */
const FAULTS: readonly Fault[] = [
  {
    // https://github.com/foundry-rs/foundry/issues/16851: 1.8.0 and 1.8.1 fail, 1.7.1 does not.
    range: '>=1.8.0-0 <=1.8.1',
    applies: ({ unlocked }) => unlocked,
    message:
      'is reported to lose count of nonces where the node signs, and to give up after a few transactions ("EOA nonce changed unexpectedly"). Choose 1.7.1 for the project where that happens.',
  },
  {
    // https://github.com/foundry-rs/foundry/pull/11864: sends it from 1.4.0 on.
    range: '<1.4.0',
    applies: ({ script }) => /\bdeployCode\s*\(/.test(script()),
    message:
      'sends no transaction for vm.deployCode in a script, so what it deploys is missing on the chain. Choose 1.4.0 or newer for the project, or deploy with "new".',
  },
];

/** What a version does wrong in such a use, as sentences. */
export const faultsIn = (version: string, use: ForgeUse): string[] =>
  FAULTS.filter(
    ({ range, applies }) => satisfies(version, range, { includePrerelease: true }) && applies(use),
  ).map(({ message }) => `Foundry ${version} ${message}`);

/** What a version does wrong in any use. */
export const knownFaults = (version: string): string[] =>
  faultsIn(version, { unlocked: true, script: () => 'deployCode(' });
