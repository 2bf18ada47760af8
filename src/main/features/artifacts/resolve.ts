import { AppError } from '../../shared/errors.ts';
import type { ArtifactRow, ArtifactsStore } from './store.ts';

export interface ProjectOf {
  id: number;
  name: string;
  path: string;
  kind: string;
}

export const notFound = (what: string): AppError =>
  new AppError(
    'ARTIFACT_NOT_FOUND',
    `${what} Contracts are known once their project is compiled: deploy it, or build it with its own tool.`,
    { field: 'artifact' },
  );

/**
 * The artifact that a name means: of a contract in any project, or `project.Contract`; a number is
 * an id. The project's own one comes before those of its packages. Throws ARTIFACT_NOT_FOUND,
 * ARTIFACT_AMBIGUOUS.
 */
export function resolveArtifact(
  ref: string,
  store: Pick<ArtifactsStore, 'named' | 'byId' | 'filesOf'>,
  projects: readonly ProjectOf[],
): number {
  // The name of a project may have dots, that of a contract has none.
  const dot = ref.lastIndexOf('.');
  const project = dot > 0 ? projects.find(({ name }) => name === ref.slice(0, dot)) : undefined;
  if (dot > 0 && !project) throw notFound(`There is no project "${ref.slice(0, dot)}".`);
  const name = ref.slice(dot + 1);
  const found = store.named(name, project?.id ?? null);
  const [first] = found;
  if (!first && /^\d{1,15}$/.test(ref) && store.byId(Number(ref))) return Number(ref);
  if (!first) {
    throw notFound(`No contract "${name}" is known${project ? ` of ${project.name}` : ''}.`);
  }
  const files = found.map((row) => ({ row, file: store.filesOf(row.id)[0] }));
  const best = Math.min(...files.map(({ file }) => file?.rank ?? 0));
  const alike = files.filter(({ file }) => (file?.rank ?? 0) === best).map(({ row }) => row);
  if (alike.length > 1) throw ambiguous(name, alike, store);
  return alike[0]?.id ?? first.id;
}

function ambiguous(
  name: string,
  found: readonly ArtifactRow[],
  store: Pick<ArtifactsStore, 'filesOf'>,
): AppError {
  const places = found.map(({ id, source }) => {
    const [file] = store.filesOf(id);
    return `${file?.project}.${name} from ${source} (${id})`;
  });
  return new AppError(
    'ARTIFACT_AMBIGUOUS',
    `There are several contracts "${name}": ${places.join(', ')}. Name the project as well, or give the number.`,
    { field: 'artifact' },
  );
}
