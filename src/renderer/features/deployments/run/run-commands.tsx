import { useQuery } from '@tanstack/react-query';
import { Pencil, RotateCw, Undo2, Wrench, X } from 'lucide-react';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { api } from '../../../core/client.ts';
import { runFix } from '../../../core/problems/run-fix.ts';
import { sendCommand } from '../../../core/send-command.ts';
import { CommandItem } from '../../../ui/command-item.tsx';
import { askRedeploy, askRollback } from './run-dialogs-state.ts';
import { useRunInView } from './run-in-view.ts';
import { canRollBack, runOffers } from './run-offers.ts';
import { cancelQuestion, dismissQuestion } from './run-questions.ts';
import { useRunActions } from './use-run-actions.ts';

/** Commands for the shown run of a project. */
export function RunCommands({ project }: { project: number }) {
  const id = useRunInView(project) ?? 0;
  const run = useQuery(api.deployments.get.queryOptions({ input: { id }, enabled: id > 0 })).data;
  return run ? <Commands run={run} /> : null;
}

function Commands({ run }: { run: DeploymentDetail }) {
  const actions = useRunActions(run);
  const offers = runOffers(run);
  const name = `${run.project.name} #${run.number}`;
  const fix = run.failure?.fix;
  const call = fix?.call;
  return (
    <>
      {offers.cancel && (
        <CommandItem
          title={`Cancel ${name}`}
          icon={<X size={15} />}
          keywords={['stop', 'end', 'abort']}
          destroys={cancelQuestion(run)}
          onSelect={actions.cancel}
        />
      )}
      {fix && call && offers.retry && (
        <CommandItem
          title={`${fix.label} (${name})`}
          icon={<Wrench size={15} />}
          onSelect={() => {
            void sendCommand(() => runFix(call));
          }}
        />
      )}
      {offers.retry && (
        <CommandItem
          title={`Retry ${name}`}
          icon={<RotateCw size={15} />}
          keywords={['again']}
          onSelect={actions.retry}
        />
      )}
      {offers.edit && (
        <CommandItem
          title={`Edit and ${offers.retry ? 'retry' : 'deploy'} ${name}`}
          icon={<Pencil size={15} />}
          keywords={['again', 'change', 'arguments']}
          onSelect={actions.edit}
        />
      )}
      {offers.redeploy && (
        <CommandItem
          title={`Redeploy ${name}…`}
          icon={<RotateCw size={15} />}
          keywords={['again', 'same commit']}
          destroys="asks itself"
          onSelect={() => askRedeploy(run)}
        />
      )}
      {canRollBack(run) && (
        <CommandItem
          title={`${run.family === 'contracts' ? 'Roll back to before' : 'Roll back'} ${name}…`}
          icon={<Undo2 size={15} />}
          keywords={['revert', 'undo', 'snapshot']}
          destroys="asks itself"
          onSelect={() => askRollback(run)}
        />
      )}
      {offers.dismiss && (
        <CommandItem
          title={`Dismiss ${name}`}
          icon={<X size={15} />}
          keywords={['attention']}
          destroys={dismissQuestion(run)}
          onSelect={actions.dismiss}
        />
      )}
    </>
  );
}
