import path from 'node:path';
import type { Kinds } from '../../kinds/kinds.ts';
import { shellWord } from '../../lib/shell-line.ts';
import { AppError, type Fix } from '../../shared/errors.ts';
import type { Candidate } from '../../shared/kind.ts';
import { notAProject } from './not-a-project.ts';

/**
 * What a folder and those one or two levels below could be deployed as: every kind that recognizes
 * it, also where something prevents a deployment. The folder itself comes first, then the nearest.
 * Runs none of their code.
 */
export async function detect(kinds: Kinds, folder: string): Promise<Candidate[]> {
  const all = await kinds.all();
  const places = all.flatMap((kind) => [
    { kind, folder, depth: 0 },
    ...kind.candidatesBelow(folder).map((one) => ({
      ...{ kind, folder: one },
      depth: path.relative(folder, one).split(path.sep).length,
    })),
  ]);
  places.sort((a, b) => a.depth - b.depth || compared(a.folder, b.folder));
  const found = await Promise.all(places.map((one) => one.kind.detect(one.folder)));
  return found.filter((one) => one !== null);
}

const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The kind that a folder is added as: the requested one, or the only match. Throws KIND_AMBIGUOUS
 * for several matches, and NOT_A_PROJECT for none.
 */
export async function chooseKind(kinds: Kinds, folder: string, wanted?: string): Promise<string> {
  const infos = kinds.infos();
  if (wanted !== undefined && !infos.some(({ id }) => id === wanted)) {
    throw new AppError(
      'NOT_A_PROJECT',
      `There is no kind "${wanted}". There are: ${infos.map(({ id }) => id).join(', ')}.`,
      { field: 'kind' },
    );
  }
  const all = await kinds.all();
  const asked = all.filter(({ info }) => wanted === undefined || info.id === wanted);
  const found = (await Promise.all(asked.map((kind) => kind.detect(folder)))).filter(
    (one) => one !== null,
  );
  const fitting = found.filter(({ problems }) => problems.length === 0);
  const [only, ...others] = fitting;
  if (only && others.length === 0) return only.kind;
  if (only) throw ambiguous(folder, fitting);
  const below = [...new Set(asked.flatMap((kind) => kind.candidatesBelow(folder)))];
  throw notAProject(
    folder,
    found.flatMap(({ problems }) => problems),
    asked.map(({ info }) => info),
    below,
  );
}

function ambiguous(folder: string, fitting: readonly Candidate[]): AppError {
  const [fix, ...otherFixes] = fitting.map(
    ({ kind, label }): Fix => ({
      label: `Add it as ${label}`,
      command: `drydock project add ${shellWord(folder)} --kind ${kind}`,
      call: { procedure: 'projects.add', input: { path: folder, kind } },
    }),
  );
  const named = fitting.map(({ kind, evidence }) => `${kind} (${evidence[0]?.replace(/\.$/, '')})`);
  return new AppError(
    'KIND_AMBIGUOUS',
    `${folder} can be deployed as ${named.join(' or ')}. Say which: --kind ${fitting[0]?.kind}.`,
    { field: 'kind', fix, otherFixes },
  );
}
