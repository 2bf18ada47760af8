import { Rocket } from 'lucide-react';
import type { Project } from '#main/features/projects/contract.ts';
import { keys } from '../../../core/keys/keys.ts';
import { useKey } from '../../../core/keys/use-key.ts';
import { Button } from '../../../ui/button.tsx';
import { useDeploy } from './use-deploy.ts';

/** Starts one deployment, also on a double click. D does the same. */
export function DeployButton({ project }: { project: Project }) {
  const { deploy, starting, missing } = useDeploy(project.id);
  useKey(keys.deploy, deploy);
  return (
    <Button
      variant="primary"
      shortcut="D"
      icon={<Rocket aria-hidden="true" size={15} />}
      aria-busy={starting || undefined}
      title={missing ?? undefined}
      onClick={(event) => {
        if (event.detail < 2) deploy();
      }}
    >
      Deploy
    </Button>
  );
}
