import path from 'node:path';
import { parseEnv } from 'node:util';
import envPaths from 'env-paths';
import type { ProjectFiles } from '../../lib/project-files.ts';
import type { Token } from '../../lib/source-tokens.ts';
import type { AskedVariables } from '../asked-variables.ts';
import { codeBelow } from './code-below.ts';
import { configIn } from './config-file.ts';
import { importedFile, importsIn } from './imports-in.ts';
import { ALL_SCRIPTS } from './input.ts';
import { constantsOf, isMark, isName, literalAt } from './literals.ts';
import { modulesFolder, pathsOf } from './project-paths.ts';
import { sourceReader } from './source-reader.ts';

type Read = Pick<AskedVariables, 'asked' | 'problems'>;

/** See `Kind.variables`: those of the configuration and of a script, or of all that can be deployed. */
export function askedVariables(files: ProjectFiles, script: unknown): AskedVariables {
  const read = sourceReader(files);
  const paths = pathsOf(files, read);
  const config = configIn(files, files.folder);
  const of = (folders: readonly string[]) => folders.flatMap((one) => codeBelow(files, one));
  const entries =
    typeof script !== 'string'
      ? of([...paths.deploy, modulesFolder(paths), 'scripts'])
      : script.split(' ')[0] === ALL_SCRIPTS
        ? of(paths.deploy)
        : [script];
  const met = new Set([...(config === undefined ? [] : [config]), ...entries]);
  const found: Read = { asked: [], problems: [] };
  let loadsDotenv = false;
  for (const file of met) {
    const source = read(file);
    if (!('tokens' in source)) continue;
    if (source.unread !== undefined) found.problems.push(source.unread);
    const { asked, problems } = inSource(source.tokens, file);
    found.asked.push(...asked);
    found.problems.push(...problems);
    loadsDotenv ||= source.tokens.some(
      ({ kind, text }) => kind === 'string' && (text === 'dotenv' || text === 'dotenv/config'),
    );
    for (const name of importsIn(source.tokens)) {
      const next = importedFile(files, file, name);
      if (next !== undefined) met.add(next);
    }
  }
  const ofFile = loadsDotenv ? Object.keys(parseEnv(files.textIfAny('.env', 64_000) ?? '')) : [];
  return {
    ...found,
    given: [...ofFile.map((name) => ({ name, file: '.env' })), ...keptByTool(files)],
  };
}

/** How `vars.get("NAME")` of Hardhat 2 is given a value by the environment. */
const OF_VARS = 'HARDHAT_VAR_';

/** What "hardhat vars set" keeps on this machine. */
function keptByTool(files: ProjectFiles): AskedVariables['given'] {
  const file = path.join(envPaths('hardhat').config, 'vars.json');
  try {
    const { vars } = JSON.parse(files.textIfAny(file) ?? '{}') as { vars?: object };
    return Object.keys(vars ?? {}).map((name) => ({
      name: `${OF_VARS}${name}`,
      file: 'vars.json',
    }));
  } catch {
    return [];
  }
}

/** What a source asks for, in its order. */
export function inSource(tokens: readonly Token[], file: string): Read {
  const constants = constantsOf(tokens);
  const found: Read = { asked: [], problems: [] };
  const usesVars = tokens.some(({ text }) => text === 'hardhat/config');
  const add = (at: number, name: string, isOptional: boolean) =>
    found.asked.push({ name, place: `${file}:${tokens[at]?.line}`, isOptional });
  for (const at of tokens.keys()) {
    if (isEnv(tokens, at)) {
      const read = readAt(tokens, at, constants);
      for (const one of read) {
        if (one.name === undefined) {
          found.problems.push(
            `${file}:${tokens[at]?.line} asks for a variable whose name only running it tells.`,
          );
        } else add(one.at, one.name, one.isOptional);
      }
    }
    const argument = isMark(tokens[at + 1], '(') ? literalAt(tokens, at + 2, constants) : undefined;
    if (typeof argument?.value !== 'string') continue;
    if (isName(tokens[at], 'configVariable')) add(at, argument.value, false);
    const isOfVars = usesVars && isMark(tokens[at - 1], '.') && isName(tokens[at - 2], 'vars');
    if (isOfVars && isName(tokens[at], 'get', 'has')) {
      const hasOther = isName(tokens[at], 'has') || isMark(tokens[argument.end], ',');
      add(at, `${OF_VARS}${argument.value}`, hasOther);
    }
  }
  return found;
}

/** `process.env`, at its first word. */
const isEnv = (tokens: readonly Token[], at: number): boolean =>
  isName(tokens[at], 'process') && isMark(tokens[at + 1], '.') && isName(tokens[at + 2], 'env');

interface ReadVariable {
  at: number;
  /** undefined: it isn't written there. */
  name: string | undefined;
  isOptional: boolean;
}

function readAt(
  tokens: readonly Token[],
  at: number,
  constants: ReturnType<typeof constantsOf>,
): ReadVariable[] {
  const next = at + 3;
  if (isMark(tokens[at - 1], '=') && isMark(tokens[at - 2], '}')) return taken(tokens, at - 2);
  if (isMark(tokens[next], '.', '?.') && tokens[next + 1]?.kind === 'name') {
    return one(tokens, at, next + 2, tokens[next + 1]?.text);
  }
  if (!isMark(tokens[next], '[')) return [];
  const literal = literalAt(tokens, next + 1, constants);
  const isWhole = typeof literal?.value === 'string' && isMark(tokens[literal.end], ']');
  if (!isWhole) return [{ at, name: undefined, isOptional: true }];
  return one(tokens, at, literal.end + 1, String(literal.value));
}

function one(
  tokens: readonly Token[],
  at: number,
  end: number,
  name: string | undefined,
): ReadVariable[] {
  // It is given a value there.
  if (isMark(tokens[end], '=')) return [];
  return [{ at, name, isOptional: goesOn(tokens, at, end) }];
}

/** What is compared, or has something to take in its place. */
const goesOn = (tokens: readonly Token[], at: number, end: number): boolean =>
  isMark(tokens[end], '??', '||', '??=', '||=', '&&', '?', '?.', '===', '!==', '==', '!=') ||
  isMark(tokens[at - 1], '!', '!!') ||
  (isMark(tokens[at - 1], '(') && isName(tokens[at - 2], 'if'));

/** Most words of `{ A, B: b, C = "c" }`. */
const LONGEST = 300;

/** Of `{ … } = process.env`, from its last brace backwards. */
function taken(tokens: readonly Token[], close: number): ReadVariable[] {
  let open = close - 1;
  while (open > close - LONGEST && !isMark(tokens[open], '{')) open -= 1;
  if (!isMark(tokens[open], '{')) return [];
  const found: ReadVariable[] = [];
  for (let at = open + 1; at < close; at += 1) {
    const isFirst = isMark(tokens[at - 1], '{', ',');
    const name = tokens[at];
    if (!isFirst || name?.kind !== 'name') continue;
    let end = at + 1;
    while (end < close && !isMark(tokens[end], ',', '=')) end += 1;
    found.push({ at, name: name.text, isOptional: isMark(tokens[end], '=') });
  }
  return found;
}
