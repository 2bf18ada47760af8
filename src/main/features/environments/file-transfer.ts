import { looksPublic } from '../../lib/secrets/secret-variables.ts';
import { AppError } from '../../shared/errors.ts';
import type { Exported, Imported, ImportInput, ReadFile } from './contract.ts';
import { dotenvLine, type FileVariable, readDotenvFile } from './dotenv-file.ts';
import type { VariableRow } from './store.ts';
import { whyReserved } from './variable-names.ts';

/** The other way to keep a variable than by itself. */
export interface Kept {
  /** null: its value is looked up. */
  value: string | null;
  reference: string | null;
  secret: boolean;
}

/** Reads a file, and compares it with what is kept for the same. Changes nothing. */
export function readFile(text: string, kept: (name: string) => Kept | undefined): ReadFile {
  const { variables, problems } = readable(text);
  return {
    problems,
    variables: variables.map((one) => {
      const before = kept(one.name);
      return {
        ...{ name: one.name, note: one.note, reference: referenceIn(one) },
        secret: before?.secret ?? !looksPublic(one.name, one.value),
        state: before === undefined ? 'new' : isSame(one, before) ? 'same' : 'other',
      };
    }),
  };
}

/** What is to be written, by what is asked. Throws VARIABLE_TAKEN. */
export function toImport(
  { text, replace }: Pick<ImportInput, 'text' | 'replace'>,
  kept: (name: string) => Kept | undefined,
): Imported & { write: { name: string; value?: string; reference?: string; note?: string }[] } {
  const { variables, problems } = readable(text);
  const other = variables.filter((one) => {
    const before = kept(one.name);
    return before !== undefined && !isSame(one, before);
  });
  if (replace === undefined && other.length > 0) throw taken(other);
  const isReplaced = ({ name }: FileVariable) =>
    Array.isArray(replace) ? replace.includes(name) : replace === true;
  const added = variables.filter(({ name }) => kept(name) === undefined);
  const replaced = other.filter(isReplaced);
  const names = (all: readonly FileVariable[]) => all.map(({ name }) => name);
  const written = new Set([...added, ...replaced]);
  return {
    ...{ added: names(added), replaced: names(replaced), problems },
    kept: names(variables.filter((one) => !written.has(one))),
    write: [...written].map((one) => {
      const reference = referenceIn(one);
      return {
        name: one.name,
        ...(reference === null ? { value: one.value } : { reference }),
        ...(one.note === '' ? {} : { note: one.note }),
      };
    }),
  };
}

/** Without those that no run could be given. */
function readable(text: string) {
  const { variables, problems } = readDotenvFile(text);
  const refused = variables.flatMap(({ name, line }) => {
    const problem = whyReserved(name);
    return problem === null ? [] : [{ line, problem }];
  });
  return {
    variables: variables.filter(({ name }) => whyReserved(name) === null),
    problems: [...problems, ...refused].sort((a, b) => a.line - b.line),
  };
}

/** What 1Password itself puts into such files. Other references are values that programs understand. */
const referenceIn = ({ value }: FileVariable): string | null =>
  /^op:\/\/[^/\s][^\r\n]{0,1900}$/.test(value) ? value : null;

const isSame = (one: FileVariable, before: Kept): boolean =>
  referenceIn(one) === null ? before.value === one.value : before.reference === referenceIn(one);

function taken(other: readonly FileVariable[]): AppError {
  const names = other.map(({ name }) => name);
  const all = names.length > 20 ? [...names.slice(0, 20), `${names.length - 20} more`] : names;
  return new AppError(
    'VARIABLE_TAKEN',
    `There are other values of ${all.join(', ')}. Say whether they are replaced or kept; nothing was imported.`,
    { field: 'replace' },
  );
}

/** The lines of a file; without values it shows which there are. */
export function exportFile(
  rows: readonly VariableRow[],
  valueIn: ((row: VariableRow) => string) | null,
): Exported {
  const leftOut: string[] = [];
  const lines = rows.flatMap((row) => {
    const notes = row.note === '' ? [] : row.note.split('\n').map((line) => `# ${line}`);
    const isOfFiles = row.reference?.startsWith('op://') ?? false;
    if (row.reference !== null && !isOfFiles) {
      return [...notes, `# looked up at ${row.reference}`, `${row.name}=`];
    }
    const value = row.reference ?? valueIn?.(row) ?? '';
    const line = dotenvLine(row.name, value);
    if (line === null) leftOut.push(row.name);
    return line === null ? [] : [...notes, line];
  });
  return { text: lines.map((line) => `${line}\n`).join(''), leftOut };
}
