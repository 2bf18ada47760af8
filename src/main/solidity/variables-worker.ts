import { parentPort } from 'node:worker_threads';
import type { DeclaredVariables } from '../eth/inside/source-types.ts';
import { declaredVariables } from './declared-variables.ts';
import type { ReadingNews } from './serve-readings.ts';
import { parseSource } from './source-files.ts';

export interface VariablesTask {
  /** The file whose functions are meant. */
  path: string;
  /** It, and what was compiled with it. */
  sources: readonly { path: string; text: string }[];
  /** Files that took too long. */
  skip: string[];
}

/** null: the file can't be understood. */
export type ReadVariables = DeclaredVariables | null;

const tell = (news: ReadingNews<ReadVariables>) => parentPort?.postMessage(news);

async function read({ path, sources, skip }: VariablesTask): Promise<ReadVariables> {
  const { parse } = await import('@solidity-parser/parser');
  const meant = sources.find((one) => one.path === path);
  if (!meant || skip.includes(path)) return null;
  const files = [];
  for (const source of sources) {
    if (skip.includes(source.path)) continue;
    tell({ parsing: source.path });
    files.push(await parseSource(source.path, source.text));
  }
  const file = files.find((one) => one.file === path);
  if (!file) return null;
  tell({ parsing: path });
  try {
    const unit = parse(meant.text, { range: true, loc: true });
    return declaredVariables(meant.text, unit, file, files);
  } catch {
    return null;
  }
}

parentPort?.on('message', (task: VariablesTask) => {
  read(task).then(
    (value) => tell({ value }),
    (error: unknown) => tell({ broken: String(error) }),
  );
});
