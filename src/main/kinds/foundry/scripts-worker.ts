import { parentPort } from 'node:worker_threads';
import { filesOf } from '../../lib/project-files.ts';
import { isQuicklySeen, type Seen, stateOf } from '../../lib/seen.ts';
import { AppError, type ErrorCode, type ErrorData } from '../../shared/errors.ts';
import type { Script } from './script-list.ts';
import { readScripts } from './scripts.ts';
import { sourceReader } from './source-files.ts';

/** A request to the thread. */
export interface ScriptsTask {
  folder: string;
  /** Its code may run: links are followed anywhere, and build results are used. */
  trusted: boolean;
  also: string | undefined;
  env: NodeJS.ProcessEnv;
  /** Files that took too long. */
  skip: string[];
}

/** What it reports meanwhile and at the end. */
export type ScriptsNews =
  | { parsing: string }
  /** `seen` is absent when it is too large. */
  | { scripts: Script[]; seen?: Seen }
  | { failed: { code: ErrorCode; message: string; data: ErrorData } }
  | { broken: string };

const TOO_SLOW = 'It takes too long to be read. Its expressions or types nest too deep.';
const port = parentPort;
const tell = (news: ScriptsNews) => port?.postMessage(news);
const read = sourceReader((file) => tell({ parsing: file }));

async function answer({ folder, trusted, also, env, skip }: ScriptsTask): Promise<ScriptsNews> {
  const seen: Seen = new Map();
  const looked = (file: string) => {
    if (!seen.has(file)) seen.set(file, stateOf(file));
  };
  const files = filesOf(folder, { linksOut: trusted, looked });
  try {
    const scripts = await readScripts(
      files,
      async (inProject, file) =>
        skip.includes(file)
          ? { file, imports: [], contracts: new Map(), types: new Map(), problem: TOO_SLOW }
          : read(inProject, file),
      { also, env, asBuilt: trusted },
    );
    return isQuicklySeen(seen) ? { scripts, seen } : { scripts };
  } catch (error) {
    if (!(error instanceof AppError)) return { broken: String(error) };
    const { code, message, data } = error;
    return { failed: { code, message, data } };
  }
}

port?.on('message', (task: ScriptsTask) => void answer(task).then(tell));
