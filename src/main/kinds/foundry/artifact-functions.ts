import path from 'node:path';
import { z } from 'zod';
import { parsedJson } from '../../lib/parsed-json.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';
import type { FoundryConfig } from './config.ts';
import type { ScriptFunction } from './script-list.ts';

/** With bytecode and syntax tree. */
const MOST_BYTES = 20_000_000;

interface Parameter {
  name: string;
  type: string;
  components?: Parameter[];
}

const parameter: z.ZodType<Parameter> = z.object({
  name: z.string().default(''),
  type: z.string(),
  components: z.lazy(() => z.array(parameter)).optional(),
});

/** https://docs.soliditylang.org/en/latest/abi-spec.html#json, the part that functions need. */
const entry = z.object({
  type: z.literal('function'),
  name: z.string(),
  stateMutability: z.string().optional(),
  inputs: z.array(parameter).default([]),
});

const artifact = z.object({
  abi: z.array(z.unknown()),
  metadata: z.object({
    settings: z.object({ compilationTarget: z.record(z.string(), z.string()) }),
  }),
});

/**
 * The functions of a script according to forge's build of it, `run` first; undefined when there is
 * no such artifact, or when the source has changed since.
 */
export function artifactFunctions(
  files: ProjectFiles,
  config: FoundryConfig,
  file: string,
  contract: string,
): ScriptFunction[] | undefined {
  const place = path.join(config.out, path.basename(file), `${contract}.json`);
  const built = files.stat(place);
  const source = files.stat(file);
  if (!built || !source || built.mtimeMs < source.mtimeMs) return undefined;
  const read = artifact.safeParse(parsedJson(files.textIfAny(place, MOST_BYTES) ?? '')).data;
  if (read?.metadata.settings.compilationTarget[file] !== contract) return undefined;
  const functions = read.abi
    .map((one) => entry.safeParse(one).data)
    .filter((one) => one !== undefined)
    .filter((one) => one.name === 'run' || !/^(view|pure)$/.test(one.stateMutability ?? ''))
    .filter(({ name }) => name !== 'setUp')
    .map(({ name, inputs }) => {
      const typed = inputs.map((one) => {
        const type = canonical(one);
        const named = withNames(one);
        return { name: one.name, type, ...(named === type ? {} : { named }) };
      });
      return {
        name,
        signature: `${name}(${typed.map(({ type }) => type).join(',')})`,
        inputs: typed,
      };
    });
  return functions.sort((a, b) => Number(b.name === 'run') - Number(a.name === 'run'));
}

const canonical = ({ type, components }: Parameter): string =>
  type.startsWith('tuple')
    ? `(${(components ?? []).map(canonical).join(',')})${type.slice('tuple'.length)}`
    : type;

/** The same with the names of members. */
const withNames = ({ type, components }: Parameter): string =>
  type.startsWith('tuple')
    ? `(${(components ?? []).map((one) => `${withNames(one)} ${one.name}`.trim()).join(',')})${type.slice('tuple'.length)}`
    : type;
