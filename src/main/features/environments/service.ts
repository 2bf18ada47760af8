import type { OwnChoice } from '../../engines/engines.ts';
import type { Kind } from '../../kinds/kind.ts';
import { whyUnreadable } from '../../lib/secrets/data-key.ts';
import { secretPieces } from '../../lib/secrets/secret-pieces.ts';
import { looksPublic, secretsOf } from '../../lib/secrets/secret-variables.ts';
import { AppError } from '../../shared/errors.ts';
import type { KindInfo, TargetType } from '../../shared/kind.ts';
import type { TargetProvider } from '../../targets/target.ts';
import type { Change } from '../app/contract.ts';
import { checkVariables } from './check.ts';
import type {
  Checked,
  CheckInput,
  Exported,
  Imported,
  ImportInput,
  NamedVariable,
  ReadFile,
  ScopeInput,
  SetVariable,
  Variable,
} from './contract.ts';
import { exportFile, type Kept, readFile, toImport } from './file-transfer.ts';
import { effective, originWords } from './layers.ts';
import { lookUp } from './look-up.ts';
import type { EnvironmentsStore, FoundVariable, Scope, VariableRow } from './store.ts';
import type { EnvironmentValues } from './values.ts';
import { whyReserved } from './variable-names.ts';

export interface EnvironmentProject {
  id: number;
  name: string;
  path: string;
  kind: string;
  engine: OwnChoice;
}

export interface EnvironmentsDependencies {
  store: EnvironmentsStore;
  values: EnvironmentValues;
  /** Throws PROJECT_NOT_FOUND. */
  project: (ref: number | string) => EnvironmentProject;
  kindInfo: (id: string) => KindInfo;
  kind: (id: string) => Promise<Pick<Kind, 'variables' | 'withholds'>>;
  isTrusted: (folder: string) => boolean;
  /** Whether runs of the project begin with the environment of Drydock. */
  inherits: (project: EnvironmentProject) => Promise<boolean>;
  provider: (type: TargetType) => Pick<TargetProvider, 'assertExists'>;
  changed: (change: Change) => void;
}

/** What a run is given: see `RunEnvironment`. */
export interface RunVariables {
  variables: Record<string, string>;
  secretNames: string[];
  secrets: string[];
  /** Where each comes from, without its value; empty: there are none. */
  notes: string[];
}

/** Which variables there are, and what runs are given of them. */
export function environmentsService(deps: EnvironmentsDependencies) {
  const { store, values, changed } = deps;

  function found({ project: ref, target = null }: ScopeInput) {
    const project = ref === undefined || ref === null ? null : deps.project(ref);
    if (target !== null) mustExist(project, target);
    return { project, scope: { project: project?.id ?? null, target } satisfies Scope };
  }

  /** Throws NETWORK_NOT_FOUND. */
  function mustExist(project: EnvironmentProject | null, target: string): void {
    if (project) {
      deps.provider(deps.kindInfo(project.kind).target).assertExists(target);
      return;
    }
    try {
      deps.provider('runtime').assertExists(target);
    } catch {
      deps.provider('chain').assertExists(target);
    }
  }

  function named(input: NamedVariable) {
    const { project, scope } = found(input);
    const row = store.get(scope, input.name);
    if (row) return { project, scope, row };
    throw notFound(input.name, project, scope);
  }

  function present(row: FoundVariable, isEffective: boolean): Variable {
    const { project: id, projectName: name, sealed, ...rest } = row;
    return {
      ...rest,
      project: id === null || name === null ? null : { id, name },
      problem: problemOf(sealed),
      isEffective,
    };
  }

  function problemOf(sealed: string | null): string | null {
    try {
      if (sealed !== null) values.open(sealed);
      return null;
    } catch (error) {
      return whyUnreadable(error);
    }
  }

  /** Writes one, as it is asked for. */
  function put(scope: Scope, asked: Omit<SetVariable, 'project' | 'target'>): void {
    const { name, value, reference, secret, note } = asked;
    const before = store.get(scope, name);
    const reserved = whyReserved(name);
    if (reserved !== null) throw new AppError('BAD_INPUT', reserved, { field: 'name' });
    const kept =
      value === undefined && reference === undefined
        ? { sealed: before?.sealed ?? null, reference: before?.reference ?? null }
        : { sealed: value === undefined ? null : values.seal(value), reference: reference ?? null };
    store.put({
      ...scope,
      ...{ name, ...kept },
      secret: secret ?? isSecret(name, value, before),
      note: note ?? before?.note ?? '',
      changedAt: Date.now(),
    });
  }

  return {
    list(input: ScopeInput): Variable[] {
      const { scope } = found(input);
      const rows = store.all();
      const counting = new Set(effective(rows, scope.project, scope.target).values());
      const isShown = (row: VariableRow) =>
        (row.project === null || row.project === scope.project) &&
        (scope.target === null || row.target === null || row.target === scope.target);
      return rows.filter(isShown).map((row) => present(row, counting.has(row)));
    },

    set({ project: ref, target, ...asked }: SetVariable): Variable {
      const { project, scope } = found({ project: ref, target });
      const { name, value, reference } = asked;
      if (value !== undefined && reference !== undefined) {
        throw new AppError('BAD_INPUT', `Give a value of ${name} or a reference, not both.`, {
          field: 'reference',
        });
      }
      const isKept = value === undefined && reference === undefined;
      if (isKept && !store.get(scope, name)) throw notFound(name, project, scope);
      put(scope, asked);
      changed({ topic: 'variables' });
      // Nothing is more particular than it where it is meant for.
      return present(named({ project: ref, target, name }).row, true);
    },

    unset(input: NamedVariable): Variable {
      const { scope, row } = named(input);
      const was = present(row, true);
      store.remove(scope, input.name);
      changed({ topic: 'variables' });
      return was;
    },

    reveal(input: NamedVariable): { value: string } {
      const { row } = named(input);
      if (row.sealed !== null) return { value: values.open(row.sealed) };
      throw new AppError(
        'BAD_INPUT',
        `${row.name} is looked up at ${row.reference} when a run begins, and its value is not kept here.`,
        { field: 'name' },
      );
    },

    read({ text, ...input }: ScopeInput & { text: string }): ReadFile {
      return readFile(text, keptIn(found(input).scope));
    },

    import({ text, replace, ...input }: ImportInput): Imported {
      const { scope } = found(input);
      const { write, ...imported } = toImport({ text, replace }, keptIn(scope));
      store.transaction(() => {
        for (const one of write) put(scope, one);
      });
      if (write.length > 0) changed({ topic: 'variables' });
      return imported;
    },

    export({ values: withValues, ...input }: ScopeInput & { values: boolean }): Exported {
      const { scope } = found(input);
      const rows = [...effective(store.all(), scope.project, scope.target).values()];
      return exportFile(rows, withValues ? valueIn : null);
    },

    /** What a run asks for, and what of it it would lack. Runs none of the project's code. */
    check({ project: ref, target, entry }: CheckInput): Promise<Checked> {
      const { inputs } = deps.kindInfo(deps.project(ref).kind);
      const name = inputs.find(({ control }) => control === 'entry')?.name;
      const input = name === undefined || entry === undefined ? {} : { [name]: entry };
      return check(ref, target ?? null, input);
    },

    /** Names of variables that a run needs, and would not be given. */
    async missing(ref: number, target: string, input: Record<string, unknown>): Promise<string[]> {
      return (await check(ref, target, input)).missing;
    },

    /**
     * What a run of the project there is given. References are looked up, one after the other: a
     * vault asks its user once. Rejects with REFERENCE_FAILED, SECRETS_UNREADABLE, or the reason of
     * the signal.
     */
    async forRun(ref: number, target: string, signal?: AbortSignal): Promise<RunVariables> {
      const { id, path: folder } = deps.project(ref);
      const rows = [...effective(store.all(), id, target).values()];
      const variables: Record<string, string> = {};
      const secrets: string[] = [];
      for (const row of rows) {
        const value = await valueFor(row, folder, signal);
        variables[row.name] = value;
        if (row.secret) secrets.push(...secretPieces(value));
      }
      const secretNames = rows.filter(({ secret }) => secret).map(({ name }) => name);
      values.hide(secrets);
      const from = rows.map((row) => `${row.name} (${originWords(row)})`).sort();
      return {
        variables,
        secretNames,
        secrets,
        notes: from.length > 0 ? [`Variables: ${from.join(', ')}.`] : [],
      };
    },

    targetRemoved(target: string): void {
      if (store.removeTarget(target) > 0) changed({ topic: 'variables' });
    },
  };

  async function check(
    ref: number | string,
    target: string | null,
    input: Record<string, unknown>,
  ): Promise<Checked> {
    const project = deps.project(ref);
    if (target !== null) mustExist(project, target);
    const { inputs } = deps.kindInfo(project.kind);
    const ofRun = inputs
      .filter(({ control }) => control === 'env')
      .flatMap(({ name }) => (Array.isArray(input[name]) ? input[name] : []))
      .map((entry) => String(entry).split('=', 1)[0] ?? '');
    return checkVariables({
      ...{ kind: await deps.kind(project.kind), folder: project.path, input, ofRun },
      trusted: deps.isTrusted(project.path),
      kept: effective(store.all(), project.id, target),
      own: (await deps.inherits(project)) ? process.env : null,
    });
  }

  /** What is kept for the same, with its value where that can be read. */
  function keptIn(scope: Scope): (name: string) => Kept | undefined {
    return (name) => {
      const row = store.get(scope, name);
      if (!row) return undefined;
      const isReadable = row.sealed !== null && problemOf(row.sealed) === null;
      return { ...row, value: isReadable ? valueIn(row) : null };
    };
  }

  async function valueFor(row: VariableRow, folder: string, signal?: AbortSignal): Promise<string> {
    if (row.reference !== null) return lookUp(row.name, row.reference, { folder, signal });
    return valueIn(row);
  }

  /** Throws SECRETS_UNREADABLE with the name. */
  function valueIn(row: VariableRow): string {
    try {
      return values.open(row.sealed ?? '');
    } catch (error) {
      throw new AppError(
        'SECRETS_UNREADABLE',
        `The value of ${row.name} (${originWords(row)}) can't be read. ${whyUnreadable(error)}`,
      );
    }
  }
}

export type EnvironmentsService = ReturnType<typeof environmentsService>;

/** A value that looks like a secret is one, whatever was said of the one before. */
function isSecret(name: string, value: string | undefined, before?: VariableRow): boolean {
  if (before?.secret) return true;
  if (value === undefined) return !before;
  return before ? secretsOf([[name, value]]).length > 0 : !looksPublic(name, value);
}

function notFound(name: string, project: EnvironmentProject | null, { target }: Scope): AppError {
  const where = project ? `of ${project.name}` : 'that is shared';
  return new AppError(
    'VARIABLE_NOT_FOUND',
    `There is no variable ${name} ${where}${target === null ? '' : ` on ${target}`}. Set it first, or name the network that it is for.`,
    { field: 'name' },
  );
}
