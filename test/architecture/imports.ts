import { parseSync } from 'vite';

/**
 * What a module imports, in any way: `import`, `export … from`, `import()` of a text, types too.
 * Throws where the source can't be parsed.
 */
export function importsOf(file: string, source: string): string[] {
  const { module, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const dynamic = module.dynamicImports
    .map(({ moduleRequest }) => source.slice(moduleRequest.start, moduleRequest.end))
    .filter((text) => /^['"`]/.test(text))
    .map((text) => text.slice(1, -1));
  const exported = module.staticExports
    .flatMap(({ entries }) => entries)
    .flatMap(({ moduleRequest }) => moduleRequest?.value ?? []);
  const types = [...source.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)\s*\./g)];
  return [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...exported,
    ...dynamic,
    ...types.map((match) => match[1] ?? ''),
  ];
}
