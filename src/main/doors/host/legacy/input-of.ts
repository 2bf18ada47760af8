import { kindInfos } from '../../../kinds/infos.ts';
import { AppError } from '../../../shared/errors.ts';

interface Asked {
  framework: string;
  script_path?: string;
  parameters?: Record<string, unknown>;
  tags?: string[];
}

/**
 * The fields of a request's input, under the names that the framework has for them. Throws
 * BAD_INPUT for those that it doesn't have.
 */
export function inputOf({ framework, script_path, parameters, tags }: Asked) {
  const inputs = kindInfos.find(({ id }) => id === framework)?.inputs ?? [];
  const nameOf = (field: string, is: (input: (typeof inputs)[number]) => boolean): string => {
    const input = inputs.find(is);
    if (input) return input.name;
    throw new AppError('BAD_INPUT', `${framework} has no ${field}. Leave them out.`, { field });
  };
  return {
    script: script_path,
    ...(parameters && {
      [nameOf('parameters', ({ control }) => control === 'parameters')]: lines(parameters),
    }),
    ...(tags && { [nameOf('tags', ({ name }) => name === 'tags')]: tags }),
  };
}

/** As `name=value`: a text as it is, anything else as JSON. */
const lines = (values: Record<string, unknown>): string[] =>
  Object.entries(values).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
