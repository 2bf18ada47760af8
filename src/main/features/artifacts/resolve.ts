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

/** What a name means: of a contract in any project, or `project.Contract`. */
export interface AskedName {
  project: ProjectOf | undefined;
  name: string;
}

/** Throws ARTIFACT_NOT_FOUND when there is no such project. */
export function askedName(ref: string, projects: readonly ProjectOf[]): AskedName {
  // The name of a project may have dots, that of a contract has none.
  const dot = ref.lastIndexOf('.');
  const project = dot > 0 ? projects.find(({ name }) => name === ref.slice(0, dot)) : undefined;
  if (dot > 0 && !project) throw notFound(`There is no project "${ref.slice(0, dot)}".`);
  return { project, name: ref.slice(dot + 1) };
}

/**
 * The artifact with a name; a project's own one comes before those of its packages. A number is an
 * id, unless a contract is called so. Throws ARTIFACT_NOT_FOUND, ARTIFACT_AMBIGUOUS.
 */
export function resolveArtifact(
  { project, name }: AskedName,
  store: Pick<ArtifactsStore, 'named' | 'byId' | 'filesOf'>,
): number {
  const found = store.named(name, project?.id ?? null);
  const [first] = found;
  if (!first && /^\d{1,15}$/.test(name) && store.byId(Number(name))) return Number(name);
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
