import path from 'node:path';
import { shellWord } from '../../lib/shell-line.ts';
import { AppError, type Fix } from '../../shared/errors.ts';
import type { KindInfo } from '../../shared/kind.ts';
import { markerWords } from '../../shared/marker-words.ts';

/**
 * @param problems what prevents the folder from being a project, as sentences
 * @param kinds what it could be
 * @param below projects that lie in the folder; absolute
 */
export function notAProject(
  folder: string,
  problems: string[],
  kinds: readonly KindInfo[],
  below: string[],
): AppError {
  const markers = kinds.flatMap((kind) => kind.markers);
  const missing = `There is no ${markerWords(markers)} in ${folder}. Choose the folder that holds it.`;
  const reasons = problems.length > 0 ? problems : [missing];
  const names = below.map((one) => path.relative(folder, one));
  const hint =
    names.length > 0
      ? [
          `${names.length === 1 ? 'There is a project' : 'There are projects'} in ${names.join(', ')}.`,
        ]
      : [];
  const [fix, ...otherFixes] = below.map((one, index) => toAdd(one, names[index] ?? one));
  return new AppError('NOT_A_PROJECT', [...reasons, ...hint].join(' '), {
    field: 'path',
    ...(fix && { fix }),
    ...(otherFixes.length > 0 && { otherFixes }),
  });
}

const toAdd = (folder: string, name: string): Fix => ({
  label: `Add ${name}`,
  command: `drydock project add ${shellWord(folder)}`,
  call: { procedure: 'projects.add', input: { path: folder } },
});
