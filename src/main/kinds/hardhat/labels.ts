import path from 'node:path';
import { z } from 'zod';
import type { ProjectFiles } from '../../lib/project-files.ts';

const addresses = z.record(z.string(), z.string());
const record = z.object({ address: z.string() });

/**
 * What the project's tools call what they have deployed, by address in lower case: futures of
 * Ignition (`Token#Token`), and the names of hardhat-deploy's records.
 *
 * @param folders of records: see `recordFolders`
 */
export function labelsOf(
  files: ProjectFiles,
  [ignition = '', records = '']: readonly string[],
): Map<string, string> {
  const labels = new Map<string, string>();
  const named = jsonIn(files, path.join(ignition, 'deployed_addresses.json'), addresses) ?? {};
  for (const [future, address] of Object.entries(named)) labels.set(address.toLowerCase(), future);
  for (const { name } of files.entries(records)) {
    if (!name.endsWith('.json') || name.startsWith('.')) continue;
    const read = jsonIn(files, path.join(records, name), record);
    if (read) labels.set(read.address.toLowerCase(), name.slice(0, -'.json'.length));
  }
  return labels;
}

function jsonIn<T extends z.ZodType>(
  files: ProjectFiles,
  file: string,
  schema: T,
): z.infer<T> | undefined {
  try {
    return schema.safeParse(JSON.parse(files.textIfAny(file) ?? '')).data;
  } catch {
    return undefined;
  }
}
