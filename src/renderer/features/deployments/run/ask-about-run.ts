import { navigate } from 'wouter/use-browser-location';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { client } from '../../../core/client.ts';
import { deploymentPath } from '../../../core/paths.ts';
import { sendCommand } from '../../../core/send-command.ts';
import { askRedeploy, askRollback } from './run-dialogs-state.ts';
import { canRollBack } from './run-offers.ts';

/** Shows a run and asks whether it is rolled back; where it can't be, its page says how it is. */
export const askRollbackOf = (id: string | undefined): void =>
  askAbout(id, (run) => canRollBack(run) && askRollback(run));

/** Shows a run and asks whether it is deployed again. */
export const askRedeployOf = (id: string | undefined): void => askAbout(id, askRedeploy);

function askAbout(id: string | undefined, ask: (run: DeploymentDetail) => unknown): void {
  void sendCommand(
    () => client.deployments.get({ id: Number(id) }),
    (run) => {
      navigate(deploymentPath(run.id));
      ask(run);
    },
  );
}
