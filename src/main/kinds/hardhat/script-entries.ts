import type { ProjectFiles } from '../../lib/project-files.ts';
import type { Entry } from '../../shared/kind.ts';
import { codeBelow } from './code-below.ts';
import { importedFile, importsIn } from './imports-in.ts';
import type { ReadSource } from './source-reader.ts';

const FOLDER = 'scripts';
const GROUP = 'Scripts';

/** Every script, `scripts/deploy` the default; one that another script imports isn't offered. */
export function scriptEntries(files: ProjectFiles, read: (file: string) => ReadSource): Entry[] {
  const listed = codeBelow(files, FOLDER);
  const users = new Map<string, string>();
  for (const file of listed) {
    const source = read(file);
    for (const name of 'tokens' in source ? importsIn(source.tokens) : []) {
      const used = importedFile(files, file, name);
      if (used !== undefined && used !== file && !users.has(used)) users.set(used, file);
    }
  }
  return listed.map((file): Entry => {
    const source = read(file);
    const entry = scriptEntry(file);
    if ('problem' in source) {
      return { ...entry, calls: [], problem: source.problem };
    }
    const user = users.get(file);
    return user === undefined
      ? entry
      : { ...entry, isDefault: false, leftOut: `It is a part of ${user}.` };
  });
}

/** A script that is named, wherever it lies in the project. */
export const scriptEntry = (file: string): Entry => ({
  value: file,
  label: file.startsWith(`${FOLDER}/`) ? file.slice(FOLDER.length + 1) : file,
  group: GROUP,
  isDefault: /^scripts\/deploy\.\w+$/.test(file),
  calls: [{ value: 'run', label: 'run', isDefault: true, parameters: [] }],
});
