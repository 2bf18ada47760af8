import path from 'node:path';
import type { EngineName } from '../../engines/engine.ts';
import { AppError } from '../../shared/errors.ts';
import { projectWord } from '../../shared/project-word.ts';
import type { Project, TrustQuestion } from './contract.ts';
import { whyTooWide } from './trust.ts';

export interface AboutTrust {
  project: Pick<Project, 'id' | 'name' | 'dockerfile'>;
  root: string;
  /** The code that its toolchain runs. */
  runs: string[];
  /** What its tools run in; null: `runs` says it. */
  engine: EngineName | null;
}

/** Explains what trusting a project means, by what will run. */
export function trustQuestion({ project, root, runs, engine }: AboutTrust): TrustQuestion {
  const { dockerfile } = project;
  const own = dockerfile === null ? [] : [`Docker builds an image from its ${dockerfile}.`];
  const where = {
    docker: [`It runs in a container that sees ${root} and nothing else of your files.`],
    process: ['It runs as you, outside of a container, and can do what you can do.'],
  };
  const above = path.dirname(root);
  return {
    root,
    runs: [...runs, ...(engine === 'docker' ? own : []), ...(engine ? where[engine] : [])],
    parent: whyTooWide(above) ? null : above,
  };
}

/** Code of the project would run, and the user has not allowed that yet. */
export function notTrusted(about: AboutTrust): AppError {
  const { id, name } = about.project;
  const { root, runs } = trustQuestion(about);
  return new AppError(
    'NOT_TRUSTED',
    `${name} is not trusted yet, and this runs its code. ${runs.join(' ')} If you trust what is in ${root}, say so once.`,
    {
      fix: {
        label: `Trust ${name}`,
        command: `drydock project trust ${projectWord(about.project)}`,
        call: { procedure: 'projects.trust', input: { project: id } },
      },
    },
  );
}
