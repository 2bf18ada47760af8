import type { Failure } from '../../shared/run.ts';
import type { NetworkName } from './chain-target.ts';

// Failures that the tool doesn't report. Each says what happened and what helps.

export function chainGone(network: string): Failure {
  return {
    code: 'CHAIN_ENDED',
    message: `The chain ${network} ended in the middle of the run. Start it again (it continues from its last saved state), then deploy again.`,
    fix: {
      label: `Start ${network}`,
      command: `drydock chain start ${network}`,
      call: { procedure: 'chains.start', input: { chain: network } },
    },
  };
}

export function revertedFromOutside({ name, kind }: NetworkName): Failure {
  return {
    code: 'CHAIN_REVERTED',
    message:
      kind === 'remote'
        ? `Transactions that ${name} had mined are not there any more: it was reorganised, or its RPC speaks for several nodes. Look at their hashes after a while; deploy again only if they stay away.`
        : `Something else reverted the chain ${name} in the middle of the run: transactions that had been mined were removed. Stop what uses the chain (a test run?), then deploy again.`,
  };
}

export function chainSilent(network: string): Failure {
  return {
    code: 'CHAIN_SILENT',
    message: `The chain ${network} runs but has stopped answering, so the run was ended. Restart it (it continues from its last saved state), then deploy again.`,
    fix: {
      label: `Restart ${network}`,
      command: `drydock chain restart ${network}`,
      call: { procedure: 'chains.restart', input: { chain: network } },
    },
  };
}

export const stuck = (network: string): string =>
  `Transactions wait on ${network}, and no block has been made for a while. Unless mining was switched off on purpose, make one: drydock chain mine ${network}`;

export const silent = (network: string): string =>
  `${network} has stopped responding. The run continues as soon as it responds.`;
