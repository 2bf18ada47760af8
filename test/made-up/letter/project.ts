import { mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '#test/harness/folder.ts';

/** The tool of the kind: creates a contract of one byte, and notes it before it says so. */
const post = `
import { renameSync, writeFileSync } from 'node:fs';
const { RPC_URL, FROM, RUN } = process.env;
const call = async (method, ...params) => {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const headers = { 'content-type': 'application/json' };
  const { result, error } = await (await fetch(RPC_URL, { method: 'POST', headers, body })).json();
  if (error) throw new Error(error.message);
  return result;
};
console.log('posting: ' + process.argv[2]);
const data = '0x6001600c60003960016000f300';
const hash = await call('eth_sendTransaction', { from: FROM, data });
let receipt = null;
while (!(receipt = await call('eth_getTransactionReceipt', hash)));
const sent = { hash, data, receipt, transaction: await call('eth_getTransactionByHash', hash) };
writeFileSync('posted-' + RUN + '.part', JSON.stringify(sent));
renameSync('posted-' + RUN + '.part', 'posted-' + RUN + '.json');
console.log('posted: ' + receipt.contractAddress);
`;

export interface LetterProject extends AsyncDisposable {
  folder: string;
  /** Every run stops in this phase, until it is let go. */
  hold(phase: string): Promise<void>;
  letGo(phase: string): Promise<void>;
}

export async function letterProject(): Promise<LetterProject> {
  const temporary = await temporaryFolder();
  const folder = path.join(await realpath(temporary.path), 'letters');
  await mkdir(folder);
  await writeFile(path.join(folder, 'letter.json'), '{ "paper": "lined" }\n');
  await writeFile(path.join(folder, 'post.mjs'), post);
  return {
    folder,
    hold: (phase) => writeFile(path.join(folder, `hold-${phase}`), ''),
    letGo: (phase) => rm(path.join(folder, `hold-${phase}`)),
    [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose](),
  };
}
