import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Kind, RunContext, RunEnd } from '#main/kinds/kind.ts';
import type { KindEntry } from '#main/kinds/kinds.ts';
import { AppError } from '#main/shared/errors.ts';
import type { Entry } from '#main/shared/kind.ts';
import type { ContractsResult } from '#main/shared/result.ts';
import type { ChainNeeds, ChainTarget } from '#main/targets/chain/chain-target.ts';
import { letterInfo } from './info.ts';

const input = z.object({
  text: z.string(),
  paper: z.enum(['plain', 'lined']),
  stamps: z.int(),
  express: z.boolean(),
  copies: z.array(z.string()).optional(),
  marks: z.array(z.string()).optional(),
  seal: z.string().optional(),
  reader: z.string().optional(),
  box: z.int().optional(),
  clerk: z.string().optional(),
  greeting: z.string().optional(),
  tone: z.string().optional(),
  words: z.array(z.string()).optional(),
});
type Letter = z.infer<typeof input>;

const greetings: Entry[] = [
  {
    ...{ value: 'formal', label: 'Formal', isDefault: true },
    calls: [
      { value: 'plainly()', label: 'plainly', isDefault: true, parameters: [] },
      {
        ...{ value: 'warmly(uint256)', label: 'warmly', isDefault: false },
        parameters: [{ name: 'degrees', type: 'uint256' }],
      },
    ],
  },
  { value: 'short', label: 'Short', isDefault: false, calls: [] },
];

/** A folder with a `letter.json` sends one transaction. */
const letter: Kind<Letter, ChainTarget, ChainNeeds> = {
  info: letterInfo,
  input: input.partial(),
  detect: async (folder) =>
    existsSync(path.join(folder, 'letter.json'))
      ? { kind: 'letter', label: 'Letter', path: folder, evidence: ['letter.json'], problems: [] }
      : null,
  candidatesBelow: () => [],
  whatRuns: () => ['post.mjs posts the letter.'],
  choices: async () => ({ entries: greetings }),
  async normalize(asked, folder) {
    const given = input.partial().safeParse(asked);
    if (!given.success || !given.data.text) {
      throw new AppError('BAD_ARGUMENT', 'A letter needs a text. Give one.', { field: 'text' });
    }
    if (given.data.text.length > 200) {
      throw new AppError('BAD_ARGUMENT', 'It is too long. Write a shorter one.', { field: 'text' });
    }
    const { paper } = JSON.parse(readFileSync(path.join(folder, 'letter.json'), 'utf8'));
    return input.parse({ paper, stamps: 1, express: false, ...given.data });
  },
  changed: (before, changes) => ({ ...before, ...changes }),
  title: ({ text, paper }) => `${text} (${paper})`,
  needs: () => ({
    from: null,
    key: null,
    hasKeystore: false,
    snapshot: false,
    records: false,
    allowChains: [],
    allowUnsafeUpgrade: false,
    compiled: async () => [],
  }),
  run,
  recover: async ({ id, project, result }) => {
    const posted = result?.family === 'contracts' ? postedBy(id, project.path) : null;
    return posted && result?.family === 'contracts' ? { ...result, ...posted } : null;
  },
  close: () => undefined,
};

async function run(context: RunContext<Letter, ChainTarget>): Promise<RunEnd> {
  const { target, project, deployment, input: asked } = context;
  await held(context, 'walk');
  context.phase('write');
  await context.prepared;
  context.note(`On ${asked.paper} paper.`);
  await held(context, 'write');
  context.phase('post');
  context.command(`node post.mjs '${asked.text}'`);
  await held(context, 'post');
  const { exit, stopped } = await context.exec({
    program: process.execPath,
    args: ['post.mjs', asked.text],
    env: { RPC_URL: target.rpcUrl, FROM: target.sender ?? '', RUN: `${deployment.id}` },
    cwd: project.path,
  });
  if (stopped) return stopped;
  const posted = postedBy(deployment.id, project.path);
  if (exit.code !== 0 || !posted) {
    return { status: 'failed', failure: { code: 'NOT_POSTED', message: 'It was not posted.' } };
  }
  context.phase('file');
  const { chainId, sender } = target;
  const result = { family: 'contracts' as const, chainId, sender, source: null, ...posted };
  context.publish(result);
  await held(context, 'file');
  const failure = await context.record(result);
  return failure ? { status: 'failed', failure } : { status: 'succeeded' };
}

/** While the test wants it to stay there. */
async function held({ project, signal }: RunContext, phase: string): Promise<void> {
  while (existsSync(path.join(project.path, `hold-${phase}`))) {
    signal.throwIfAborted();
    await sleep(20);
  }
}

function postedBy(
  id: number,
  folder: string,
): Pick<ContractsResult, 'transactions' | 'contracts'> | null {
  const file = path.join(folder, `posted-${id}.json`);
  if (!existsSync(file)) return null;
  const { hash, receipt, transaction } = JSON.parse(readFileSync(file, 'utf8'));
  const where = { chainId: null, elsewhere: null };
  const blockNumber = Number(receipt.blockNumber);
  const address = receipt.contractAddress as string;
  return {
    transactions: [
      {
        ...where,
        ...{ index: 0, kind: 'create', contractName: 'Letter', address, function: null },
        ...{ arguments: [], from: transaction.from, nonce: Number(transaction.nonce), value: '0' },
        ...{ hash, blockNumber, gasUsed: `${Number(receipt.gasUsed)}` },
        ...{ gasPrice: `${Number(receipt.effectiveGasPrice)}`, status: 'success', verified: false },
      },
    ],
    contracts: [
      {
        ...where,
        ...{ name: 'Letter', label: null, address, transactionHash: hash, blockNumber },
        ...{ nested: false, verified: false },
      },
    ],
  };
}

/** The one line that makes it known. */
export const letterKind: KindEntry = { info: letterInfo, load: async () => letter as Kind };
