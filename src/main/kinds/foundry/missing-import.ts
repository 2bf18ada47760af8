import { shellLine } from '../../lib/shell-line.ts';
import type { Failure } from '../../shared/run.ts';
import type { ExplainInput } from './deploy-plan.ts';
import { missingLibraries } from './missing-libraries.ts';

/** Adds the remedy to a missing import, if the project shows one. */
export function withLibraries(failure: Failure, { project, lines }: ExplainInput): Failure {
  if (!project || failure.code !== 'IMPORT_NOT_FOUND') return failure;
  const imports = importsIn(lines.map(({ text }) => text));
  const [step] = missingLibraries(project, imports);
  if (!step) return failure;
  const first = failure.message.slice(0, failure.message.indexOf(' was not found') + 14);
  // Nothing in the folder shows these again.
  const named = step.tool === 'forge' ? imports : [];
  return {
    ...failure,
    message: `${first}. ${step.why} Install what is missing, then deploy again.`,
    fix: {
      label: `Run ${shellLine({}, [step.program, ...step.args.slice(0, 2)])}`,
      command: shellLine({}, [
        ...['drydock', 'project', 'install', `${project.id}`, '--with', step.tool],
        ...named.flatMap((one) => ['--import', one]),
      ]),
      call: {
        procedure: 'projects.install',
        input: {
          project: project.id,
          with: step.tool,
          ...(named.length > 0 ? { imports: named } : {}),
        },
      },
    },
  };
}

/** The imports that forge and the compiler found no file for. Seen with forge 1.7.1. */
function importsIn(said: readonly string[]): string[] {
  const found = new Set<string>();
  for (const line of said) {
    const named =
      /Source "(.+?)" not found/.exec(line)?.[1] ?? /^\s+"(.+?)" in ".+"$/.exec(line)?.[1];
    if (named) found.add(named);
  }
  return [...found];
}
