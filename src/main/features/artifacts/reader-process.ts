import os from 'node:os';
import path from 'node:path';
import { allKinds } from '../../kinds/all.ts';
import type { ArtifactFile, ProjectArtifacts } from '../../kinds/artifacts.ts';
import { type Seen, stateOf } from '../../lib/seen.ts';
import { messageOf } from '../../shared/errors.ts';
import { compilersAtHand } from '../../solidity/compiler/compile.ts';
import { type CompiledAgain, compileAgain } from '../../solidity/compiler/compile-again.ts';
import { pack } from './packed.ts';
import type { BuildStamp, Folder, NotCompiled, ReaderNews, ReaderTask } from './reader-messages.ts';
import type { ReadFile } from './store.ts';

/** What waits to be stored at most. */
const BATCH_BYTES = 500_000;
const BATCH_FILES = 20;

const tell = (news: ReaderNews) => process.send?.(news);
let goOn: (() => void) | undefined;

async function open(
  { kind, path: folder, trusted }: Folder,
  looked?: (file: string) => void,
): Promise<ProjectArtifacts | null> {
  const entry = allKinds.find(({ info }) => info.id === kind);
  if (!entry?.artifacts) return null;
  const openArtifacts = await entry.artifacts();
  try {
    return openArtifacts(folder, { trusted, looked });
  } catch {
    // Its configuration can't be read, e.g. while it is being written.
    return null;
  }
}

async function stampFor(folder: Folder): Promise<BuildStamp | null> {
  const seen: Seen = new Map();
  const artifacts = await open(folder, (file) => {
    if (!seen.has(file)) seen.set(file, stateOf(file));
  });
  return artifacts && { stamp: artifacts.stamp(), seen };
}

async function answer(task: Exclude<ReaderTask, { do: 'continue' }>): Promise<ReaderNews> {
  if (task.do === 'stamp') return { stamp: await stampFor(task.folder) };
  if (task.do === 'compile-stored') {
    const found = await compileAgain({ ...task.from, compilers: compilersAtHand() }, task.ask);
    return { compiled: 'problem' in found ? { ...found, layoutSetting: null } : found };
  }
  const artifacts = await open(task.folder);
  if (task.do === 'compile') return { compiled: artifacts && (await compiled(artifacts, task)) };
  return { listed: artifacts && (await readAll(artifacts, task)) };
}

async function compiled(
  artifacts: ProjectArtifacts,
  { folder, file, ask }: ReaderTask & { do: 'compile' },
): Promise<CompiledAgain | NotCompiled> {
  const from = await artifacts.compiledFrom(path.join(folder.path, file));
  const found = 'problem' in from ? from : await compileAgain(from, ask);
  return 'problem' in found ? { ...found, layoutSetting: artifacts.layoutSetting } : found;
}

/** Returns every file that there is, relative to the folder. */
async function readAll(
  artifacts: ProjectArtifacts,
  { folder, known, skip }: ReaderTask & { do: 'read' },
): Promise<string[]> {
  const files = artifacts.list().map((file) => ({
    file,
    name: path.relative(folder.path, file.path).split(path.sep).join('/'),
  }));
  let batch: ReadFile[] = [];
  let bytes = 0;
  const send = async () => {
    const stored = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    tell({ batch });
    batch = [];
    bytes = 0;
    await stored;
  };
  for (const { file, name } of files) {
    if (known.get(name) === file.stamp) continue;
    tell({ reading: name });
    const read = skip.includes(name) ? null : await readOne(artifacts, file);
    const packed = read?.packed ?? null;
    batch.push({ path: name, stamp: file.stamp, rank: read?.rank ?? file.rank, artifact: packed });
    bytes += packed ? packed.code.length + packed.detail.length : 0;
    if (batch.length >= BATCH_FILES || bytes >= BATCH_BYTES) await send();
  }
  if (batch.length > 0) await send();
  return files.map(({ name }) => name);
}

/** null for one that can't be used, e.g. since it nests too deep for any parser. */
async function readOne(artifacts: ProjectArtifacts, file: ArtifactFile) {
  try {
    const artifact = await artifacts.read(file);
    return artifact && { packed: pack(artifact), rank: artifact.rank };
  } catch {
    return null;
  }
}

// What the user waits for comes first.
os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);

process.on('message', (task: ReaderTask) => {
  if (task.do === 'continue') goOn?.();
  else void answer(task).then(tell, (error: unknown) => tell({ broken: messageOf(error) }));
});
