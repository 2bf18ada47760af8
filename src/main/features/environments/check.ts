import type { AskedVariables } from '../../kinds/asked-variables.ts';
import type { Kind } from '../../kinds/kind.ts';
import { projectFiles } from '../../lib/project-files.ts';
import type { AskedVariable, Checked } from './contract.ts';
import { readDotenvFile } from './dotenv-file.ts';
import { layerOf, originWords } from './layers.ts';
import type { VariableRow } from './store.ts';

/** Files that list variables for whoever sets them. */
const LISTS = ['.env.example', '.env.sample', '.env.template'];
const MOST_OF_LIST = 64_000;

export interface CheckedRun {
  kind: Pick<Kind, 'variables' | 'withholds'>;
  folder: string;
  trusted: boolean;
  /** As far as it is known: what is deployed, and variables of the run itself. */
  input: Record<string, unknown>;
  /** Names of variables that the run itself gives. */
  ofRun: readonly string[];
  /** By name. */
  kept: ReadonlyMap<string, VariableRow>;
  /** The environment that the tool begins with; null: it begins with none. */
  own: NodeJS.ProcessEnv | null;
}

/** What a run would ask for, and where it would get it from. Runs nothing of the project. */
export async function checkVariables(run: CheckedRun): Promise<Checked> {
  const { kind, folder, trusted, input } = run;
  const read: AskedVariables = (await kind.variables?.(folder, input, { trusted })) ?? {
    ...{ asked: [], given: [], problems: [] },
  };
  const asked = new Map<string, AskedVariable>();
  for (const { name, place, isOptional } of [...read.asked, ...listed(folder)]) {
    const before = asked.get(name);
    asked.set(name, {
      name,
      places: [...(before?.places ?? []), place].slice(0, 20),
      isOptional: isOptional && (before?.isOptional ?? true),
      ...originOf(name, run, read),
    });
  }
  const all = [...asked.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const withheld = [...run.kept.keys()].flatMap((name) => kind.withholds?.(name) ?? []);
  return {
    asked: all,
    missing: all.filter((one) => one.from === null && !one.isOptional).map(({ name }) => name),
    problems: [...read.problems, ...withheld],
  };
}

function originOf(
  name: string,
  { ofRun, kept, own, kind }: CheckedRun,
  { given }: AskedVariables,
): Pick<AskedVariable, 'from' | 'origin'> {
  if (ofRun.includes(name)) return { from: 'run', origin: 'this run' };
  const row = kind.withholds?.(name) === undefined ? kept.get(name) : undefined;
  if (row) return { from: layerOf(row), origin: originWords(row) };
  if (own?.[name] !== undefined) return { from: 'drydock', origin: 'the environment of Drydock' };
  const file = given.find((one) => one.name === name)?.file;
  return file === undefined ? { from: null, origin: null } : { from: 'file', origin: file };
}

/** Listed for people: whether anything goes on without them isn't known, so none is missed. */
function listed(folder: string): AskedVariables['asked'] {
  const files = projectFiles(folder);
  return LISTS.flatMap((file) =>
    readDotenvFile(files.textIfAny(file, MOST_OF_LIST) ?? '').variables.map(({ name, line }) => ({
      ...{ name, place: `${file}:${line}`, isOptional: true },
    })),
  );
}
