import { Link } from 'wouter';
import type { Info } from '#main/features/app/contract.ts';
import { StateDot } from '../../ui/state-dot.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { doctorPath } from '../paths.ts';
import { dockerState, dockerWord } from './docker-words.ts';

/** The engine of a new run, and any problem with Docker that affects it. */
export function EngineState({ info }: { info: Info }) {
  const { engine, wantedEngine, docker } = info;
  const { tone } = dockerWord(docker);
  const word = dockerState(docker);
  const missed =
    wantedEngine === 'auto' && (docker.status === 'denied' || docker.status === 'unsupported');
  const shown = engine === 'docker' || (docker.status !== 'ready' && (missed || docker.lost));
  const beside = shown ? ` · ${word}` : '';
  return (
    <Tooltip text={docker.problem ?? 'What chains and deployments run on'}>
      <Link href={doctorPath} className="inline-flex items-center gap-2 hover:underline">
        {shown && <StateDot tone={tone} />}
        <span role="status">{engine === 'docker' ? word : `Process engine${beside}`}</span>
      </Link>
    </Tooltip>
  );
}
