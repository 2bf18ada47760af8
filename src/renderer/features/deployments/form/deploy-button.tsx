import { FileCheck2, Radio, Rocket } from 'lucide-react';
import type { Project } from '#main/features/projects/contract.ts';
import { keys } from '../../../core/keys/keys.ts';
import { useKey } from '../../../core/keys/use-key.ts';
import { useTarget } from '../../../core/queries/use-target.ts';
import { Button } from '../../../ui/button.tsx';
import { useDeploy } from './use-deploy.ts';

/**
 * Starts one deployment, also on a double click. D does the same. To a live network it looks
 * different, and says where it goes.
 */
export function DeployButton({ project }: { project: Project }) {
  const { deploy, starting, missing, reviewed } = useDeploy(project.id);
  const target = useTarget(project.id);
  const isLive = target?.kind === 'remote';
  useKey(keys.deploy, deploy);
  return (
    <Button
      variant={isLive ? 'caution' : 'primary'}
      shortcut="D"
      icon={
        reviewed ? (
          <FileCheck2 aria-hidden="true" size={15} />
        ) : isLive ? (
          <Radio aria-hidden="true" size={15} />
        ) : (
          <Rocket aria-hidden="true" size={15} />
        )
      }
      aria-busy={starting || undefined}
      title={missing ?? undefined}
      onClick={(event) => {
        if (event.detail < 2) deploy();
      }}
    >
      {!isLive ? 'Deploy' : reviewed ? `Review for ${target.name}` : `Deploy to ${target.name}`}
    </Button>
  );
}
