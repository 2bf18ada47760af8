import { messageOf } from '../../kit/errors.ts';
import type { Failure, PhaseName } from './contract.ts';

// What ends a run beside its tool: each says what happened and what helps.

export function engineGone(): Failure {
  return {
    code: 'ENGINE_UNAVAILABLE',
    message:
      'The Docker daemon went away in the middle of the run, and what ran in it may go on. What is known of it is recorded. Start Docker: Drydock then ends the rest of the run and completes the record. Deploy again only after that.',
    fix: { label: 'Run the doctor', command: 'drydock doctor' },
  };
}

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

export function revertedFromOutside(network: string): Failure {
  return {
    code: 'CHAIN_REVERTED',
    message: `Something else reverted the chain ${network} in the middle of the run: transactions that had been mined are gone. Stop what uses the chain (a test run?), then deploy again.`,
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

export function tookTooLong(what: 'run' | PhaseName, limit: number, project: string): Failure {
  const name = what === 'run' ? 'The run' : `The phase ${what}`;
  return {
    code: 'TIMEOUT',
    message: `${name} was ended after ${limit} s, its time limit. Look at the last lines of the log for what it waited for; the limit is in the settings of ${project}.`,
    fix: {
      label: 'Allow twice the time',
      command: `drydock deployment limits ${project} --${what} ${limit * 2}`,
      call: {
        procedure: 'deployments.setLimits',
        input: { project, [what]: Math.min(limit * 2, 86_400) },
      },
    },
  };
}

export function notRecorded(error: unknown): Failure {
  return {
    code: 'NOT_RECORDED',
    message: `The run could not be recorded: ${messageOf(error)}. Free some disk space, check the chain for what was sent, and deploy again.`,
  };
}
