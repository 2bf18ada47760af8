import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const FUNCTIONS = 25;
/** About what the contracts of a real project have on average. */
const CODE_DIGITS = 12_000;
const SOURCE_MAP = 4000;

/** Writes the build output of a Foundry project with so many different contracts. */
export async function writeArtifacts(folder: string, count: number): Promise<void> {
  await mkdir(path.join(folder, 'src'), { recursive: true });
  await mkdir(path.join(folder, 'out/build-info'), { recursive: true });
  await writeFile(path.join(folder, 'foundry.toml'), '[profile.default]\n');
  const names = Array.from({ length: count }, (_, i) => `C${i}`);
  const paths = names.map((name, id) => [String(id), `src/${name}.sol`]);
  await writeFile(
    path.join(folder, 'out/build-info/b.json'),
    JSON.stringify({ id: 'b', source_id_to_path: Object.fromEntries(paths) }),
  );
  for (const [id, name] of names.entries()) {
    const file = path.join(folder, `out/${name}.sol/${name}.json`);
    await mkdir(path.dirname(file));
    await writeFile(file, JSON.stringify(artifactOf(name, id)));
  }
}

function artifactOf(name: string, id: number) {
  const runtime = digits(`${name} runtime`);
  const source = `src/${name}.sol`;
  const uint = { name: 'value', type: 'uint256', internalType: 'uint256' };
  const abi = Array.from({ length: FUNCTIONS }, (_, i) => ({
    ...{
      type: 'function',
      name: i < 10 ? `shared${i}` : `own${i}Of${name}`,
      stateMutability: 'view',
    },
    ...{ inputs: [uint], outputs: [uint] },
  }));
  return {
    ...{ abi, id },
    bytecode: { object: `0x${digits(`${name} creation`)}${runtime}`, sourceMap: sourceMap(id) },
    deployedBytecode: { object: `0x${runtime}`, sourceMap: sourceMap(id) },
    metadata: {
      compiler: { version: '0.8.30+commit.73712a01' },
      settings: { compilationTarget: { [source]: name }, optimizer: { enabled: true, runs: 200 } },
      sources: { [source]: { content: `contract ${name} {}\n${'// text\n'.repeat(200)}` } },
    },
  };
}

/** Like code, they can hardly be compressed. */
function digits(seed: string): string {
  let text = '';
  for (let n = 0; text.length < CODE_DIGITS; n += 1) {
    text += createHash('sha256').update(`${seed} ${n}`).digest('hex');
  }
  return text.slice(0, CODE_DIGITS);
}

const sourceMap = (id: number): string =>
  Array.from({ length: SOURCE_MAP / 10 }, (_, i) => `${i}:${i % 97}:${id}:-`).join(';');
