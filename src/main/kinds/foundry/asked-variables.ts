import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ProjectFiles } from '../../lib/project-files.ts';
import { AppError } from '../../shared/errors.ts';
import type { AskedVariables } from '../asked-variables.ts';
import { isConstructor } from '../one-contract/constructor-call.ts';
import { wantedScript } from './choose-script.ts';
import { environmentFor, type FoundryConfig, readConfig, readDotenv } from './config.ts';
import { importsAsForge } from './imports.ts';
import { findScriptFiles } from './script-files.ts';
import { importsOf, withBlankComments } from './source-text.ts';

/** It declares the cheat codes, and reads no variables of a project. */
const FORGE_STD = /[\\/]forge-std[^\\/]*[\\/]/;
const MOST_FILES = 1000;
const MOST_CHARACTERS = 8_000_000;

const CALL =
  /\.\s{0,20}env(Bool|Uint|Int|Address|Bytes32|String|Bytes|Or|Exists)\s*\(\s*(?:(["'])([^"'\\\n]*)\2|([A-Za-z_$][\w$]*)\s*[,)])?/g;
/** These go on without the variable. */
const OPTIONAL = new Set(['Or', 'Exists']);
const CONSTANT =
  /\bstring\s+(?:(?:public|private|internal|constant|override)\s+)*([A-Za-z_$][\w$]*)\s*=\s*(["'])([^"'\\\n]*)\2/g;
/** How foundry.toml takes one. */
const IN_CONFIG = /\$\{\s*([A-Za-z_]\w*)\s*\}/g;

/** See `Kind.variables`: those of a script and of what it imports, or of all scripts. */
export async function askedVariables(
  files: ProjectFiles,
  input: Record<string, unknown>,
): Promise<AskedVariables> {
  const { script, sig, profile } = Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : undefined,
    ]),
  );
  const given = Object.keys(readDotenv(files)).map((name) => ({ name, file: '.env' }));
  try {
    const config = readConfig(files, environmentFor(profile));
    const ofConfig = config.texts().flatMap(([, text]) => inConfig(text));
    const read = isConstructor(sig) ? NOTHING : await inScripts(files, config, script);
    return { asked: [...read.asked, ...ofConfig], given, problems: read.problems };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { asked: [], given, problems: [error.message] };
  }
}

type Read = Pick<AskedVariables, 'asked' | 'problems'>;

const NOTHING: Read = { asked: [], problems: [] };

/** Of several networks only the one that is deployed to needs its own. */
const inConfig = (text: string): Read['asked'] =>
  [...text.matchAll(IN_CONFIG)].map(([, name = '']) => ({
    ...{ name, place: 'foundry.toml', isOptional: true },
  }));

async function inScripts(
  files: ProjectFiles,
  config: FoundryConfig,
  script: string | undefined,
): Promise<Read> {
  const file = script === undefined ? undefined : wantedScript(files.folder, script).file;
  const first = file === undefined ? findScriptFiles(files, config.script) : [file];
  const met = new Set(first.map((one) => path.resolve(files.folder, one)));
  const resolve = importsAsForge(files, config);
  const read: Read = { asked: [], problems: [] };
  let left = MOST_CHARACTERS;
  for (const one of met) {
    const text = FORGE_STD.test(one) ? undefined : files.textIfAny(one);
    if (text === undefined) continue;
    left -= text.length;
    if (met.size > MOST_FILES || left < 0) {
      read.problems.push('The scripts import more than is read: they may ask for more variables.');
      break;
    }
    const found = inSource(text, path.relative(files.folder, one).split(path.sep).join('/'));
    read.asked.push(...found.asked);
    read.problems.push(...found.problems);
    for (const imported of importsOf(text)) {
      const next = resolve(one, imported);
      if (next) met.add(next);
    }
    await nextTurn();
  }
  return read;
}

/** What a source asks for, in its order. */
export function inSource(source: string, file: string): Read {
  const read: Read = { asked: [], problems: [] };
  if (!source.includes('env')) return read;
  const text = withBlankComments(source);
  const constants = new Map([...text.matchAll(CONSTANT)].map(([, name, , value]) => [name, value]));
  let line = 1;
  let counted = 0;
  for (const found of text.matchAll(CALL)) {
    for (; counted < found.index; counted += 1) if (text[counted] === '\n') line += 1;
    const [, type = '', , literal, variable] = found;
    const name = literal ?? constants.get(variable);
    const place = `${file}:${line}`;
    if (name !== undefined) read.asked.push({ name, place, isOptional: OPTIONAL.has(type) });
    else read.problems.push(`${place} asks for a variable whose name only running it tells.`);
  }
  return read;
}
