import { formatGwei } from 'viem';
import { amountOf } from '../../eth/amount.ts';
import { rpc } from '../../eth/rpc.ts';
import { feesOf, replacing } from '../../eth/signed-fees.ts';
import { maskUrl } from '../../lib/secrets/secret-url.ts';
import type { Caller } from '../../shared/caller.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import { isFinal } from '../../shared/final.ts';
import type { Rails, SendingRun } from '../../targets/chain/live/reviewed-run.ts';
import type { Change } from '../app/contract.ts';
import type {
  Deployment,
  DeploymentDetail,
  ListInput,
  StartInput,
} from '../deployments/contract.ts';
import type { ChangeFeed } from '../feature.ts';
import type { Key } from '../keys/contract.ts';
import type { NetworkInput } from '../networks/contract.ts';
import type { GitState } from '../projects/contract.ts';
import { closedReview, foundReview, reviewedRun } from './approved.ts';
import { certify, placesOf } from './certify.ts';
import type {
  ApproveInput,
  RaiseFeeInput,
  RehearseInput,
  Review,
  ReviewCheck,
  ReviewDetail,
} from './contract.ts';
import type { ReviewRow, ReviewsStore } from './store.ts';

export interface ReviewsDependencies {
  store: ReviewsStore;
  /** Throws PROJECT_NOT_FOUND. */
  project: (ref: number | string) => { id: number; name: string };
  git: (project: number) => Promise<GitState | null>;
  /** null: it can't be told. */
  isPushed: (project: number, commit: string) => Promise<boolean | null>;
  /** Throws NETWORK_NOT_FOUND. */
  network: (name: string) => { name: string; kind: string; url: string | null };
  saveNetwork: (input: NetworkInput) => Promise<unknown>;
  chains: {
    get: (name: string) => Promise<{ status: string; forkBlock: number | null }>;
    start: (name: string, options: { fresh: boolean }) => Promise<unknown>;
    restart: (name: string, options: { fresh: boolean }) => Promise<unknown>;
    runningUrl: (name: string) => Promise<string | null>;
    revert: (name: string, snapshot: number) => Promise<unknown>;
  };
  /** A request's input, completed by what is kept for its project and target. */
  complete: (
    project: number,
    target: string,
    asked: Record<string, unknown>,
  ) => Promise<Record<string, unknown>>;
  deployments: {
    startApproved: (input: StartInput, approval: number, resumes: boolean) => Promise<Deployment>;
    startRehearsal: (input: StartInput, standsFor: string) => Promise<Deployment>;
    get: (id: number) => DeploymentDetail;
    list: (input: ListInput) => { items: readonly { id: number }[] };
  };
  keys: {
    get: (name: string) => Key;
    grant: (name: string, password: string | undefined) => Promise<Key>;
  };
  /** Rejects with REVIEW_STALE. */
  assertFresh: (row: ReviewRow, url: string) => Promise<void>;
  /** Nonces of what was signed and is in no block. */
  waiting: (row: ReviewRow, url: string) => Promise<number[]>;
  /** Runs that are sending, by their review. */
  sending: ReadonlyMap<number, SendingRun>;
  rails: Rails;
  changes: ChangeFeed;
  changed: (change: Change) => void;
}

/** How far the price of gas may rise until what pays so much waits again. */
const ROOM = 2n;

/** On which a live deploy is rehearsed, and which anybody may look into afterwards. */
const copyOf = (network: string): string => `${network.slice(0, 30)}-rehearsal`;

/** Reviews of live deploys: rehearsed on a copy of their network, approved or rejected, sent. */
export class ReviewsService {
  readonly #deps: ReviewsDependencies;
  /** Rehearsals that this core follows. */
  readonly #followed = new Map<number, Promise<void>>();
  readonly #closing = new AbortController();

  constructor(deps: ReviewsDependencies) {
    this.#deps = deps;
  }

  /** See the contract for what it rejects with. */
  async rehearse({ project: ref, target, input, trust }: RehearseInput): Promise<Review> {
    const { store, deployments } = this.#deps;
    const project = this.#deps.project(ref);
    const { url } = this.#liveNetwork(target);
    const whole = await this.#deps.complete(project.id, target, input);
    const { key = null, from = null } = whole as { key?: string; from?: string };
    const sender = await this.#senderOf(key, from);
    const chainId = await this.#chainIdOf(target, url);
    await this.#renewCopy(target, url, chainId);
    const { key: _, account: __, passwordFile: ___, ...rest } = whole;
    const rehearsal = await deployments.startRehearsal(
      {
        ...{ project: project.id, target: copyOf(target), trigger: 'review' },
        input: { ...rest, from: sender, snapshot: true },
        ...(trust === undefined ? {} : { trust }),
      },
      target,
    );
    const id = store.insert({
      ...{ projectId: project.id, network: target, chainId, key, sender, input: whole },
      ...{ rehearsalId: rehearsal.id, createdAt: Date.now() },
    });
    this.#tell(id);
    this.#follow(id);
    return this.#shown(foundReview(store, id));
  }

  list(filter: {
    project?: number | string | undefined;
    status?: Review['status'] | undefined;
    limit: number;
  }): Review[] {
    const { project, status, limit } = filter;
    const projectId = project === undefined ? undefined : this.#deps.project(project).id;
    return this.#deps.store.list({ projectId, status }, limit).map((row) => this.#shown(row));
  }

  /** Throws REVIEW_NOT_FOUND. */
  get(id: number): ReviewDetail {
    const row = foundReview(this.#deps.store, id);
    return { ...this.#shown(row), certificate: row.certificate };
  }

  /** Rejects with REVIEW_NOT_FOUND, REVIEW_CLOSED, NETWORK_NOT_FOUND, BAD_ARGUMENT, RPC_UNREACHABLE. */
  async check(id: number, by: Caller): Promise<ReviewCheck> {
    const row = foundReview(this.#deps.store, id);
    const { url } = this.#liveNetwork(row.network);
    const call = rpc(url);
    const [block, balance, price, stale, waiting, sources] = await this.#answered(
      row.network,
      url,
      Promise.all([
        call<string>('eth_blockNumber'),
        call<string>('eth_getBalance', [row.sender, 'latest']),
        call<string>('eth_gasPrice'),
        this.#staleness(row, url),
        this.#deps.waiting(row, url),
        this.#sourcesOf(row),
      ]),
    );
    const least = this.#leastFor(row, waiting);
    const room = BigInt(price) * ROOM;
    return {
      ...{ block: Number(block), balance: `${BigInt(balance)}`, gasPrice: `${BigInt(price)}` },
      ...{ stale, waiting, sources, refused: this.#refusal(row, by) },
      enough: least === null ? null : `${least > room ? least : room}`,
    };
  }

  #refusal(row: ReviewRow, by: Caller): string | null {
    try {
      this.#assertAllowed(row, by);
      return null;
    } catch (error) {
      return messageOf(error);
    }
  }

  async #answered<T>(network: string, url: string, answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw unreachable(network, url, error);
    }
  }

  async #staleness(row: ReviewRow, url: string): Promise<string | null> {
    try {
      await this.#deps.assertFresh(row, url);
      return null;
    } catch (error) {
      if (error instanceof AppError && error.code === 'REVIEW_STALE') return error.message;
      throw error;
    }
  }

  /** See the contract for what it rejects with. */
  async approve({ id, confirm, password, verify }: ApproveInput, by: Caller): Promise<Deployment> {
    const { store, deployments } = this.#deps;
    const row = foundReview(store, id);
    this.#assertOpen(row);
    this.#assertConfirmed(row, confirm);
    this.#assertAllowed(row, by);
    const { key } = reviewedRun(row);
    const { url } = this.#liveNetwork(row.network);
    await this.#deps.assertFresh(row, url);
    await this.#unlock(key, password);
    if (verify !== undefined) store.update(id, { verify });
    store.update(id, { status: 'approved', decidedAt: Date.now(), decidedBy: by });
    try {
      const run = await deployments.startApproved(
        { project: row.projectId, target: row.network, input: row.input, trigger: 'review' },
        id,
        row.status === 'approved' && store.signed(id).length > 0,
      );
      store.update(id, { runId: run.id });
      return run;
    } catch (error) {
      const { status, decidedAt, decidedBy } = row;
      store.update(id, { status, decidedAt, decidedBy });
      throw error;
    } finally {
      this.#tell(id);
    }
  }

  /** See the contract for what it rejects with. A run that is over is gone on with. */
  async raiseFee({ maxFeePerGas, ...asked }: RaiseFeeInput, by: Caller): Promise<Review> {
    const { store, sending } = this.#deps;
    const cap = amountOf(maxFeePerGas, 'maxFeePerGas');
    const row = foundReview(store, asked.id);
    if (row.status !== 'approved') throw closedReview(row.id, `is ${row.status}`);
    this.#assertConfirmed(row, asked.confirm);
    this.#assertAllowed(row, by);
    const { url } = this.#liveNetwork(row.network);
    await this.#assertRaises(row, url, cap);
    await this.#unlock(reviewedRun(row).key, asked.password);
    store.update(row.id, { feeCap: `${cap}` });
    try {
      const run = sending.get(row.id);
      if (run) await run.raise(reviewedRun(foundReview(store, row.id)).terms);
      else await this.approve(asked, by);
    } catch (error) {
      store.update(row.id, { feeCap: row.feeCap });
      throw error;
    } finally {
      this.#tell(row.id);
    }
    return this.#shown(foundReview(store, row.id));
  }

  /** A network takes what replaces another one only if it pays clearly more. */
  async #assertRaises(row: ReviewRow, url: string, cap: bigint): Promise<void> {
    const { waiting } = this.#deps;
    const least = this.#leastFor(row, await this.#answered(row.network, url, waiting(row, url)));
    if (least === null) {
      throw new AppError(
        'BAD_ARGUMENT',
        `All that was sent for review ${row.id} is in a block: there is nothing to pay more for.`,
        { field: 'maxFeePerGas' },
      );
    }
    if (cap >= least) return;
    throw new AppError(
      'BAD_ARGUMENT',
      `To take the place of what waits it has to pay up to ${formatGwei(least)} gwei per gas at least.`,
      { field: 'maxFeePerGas' },
    );
  }

  /** The cap with which a network takes them once more; null: there are none. */
  #leastFor(row: ReviewRow, nonces: readonly number[]): bigint | null {
    const fees = this.#deps.store
      .signed(row.id)
      .filter(({ nonce }) => nonces.includes(nonce))
      .map(({ raw }) => replacing(feesOf(raw).maxFeePerGas));
    return fees.toSorted((one, other) => (one < other ? 1 : -1))[0] ?? null;
  }

  #assertConfirmed({ network, chainId }: ReviewRow, confirm: string | undefined): void {
    const production = this.#deps.rails.production(network, chainId);
    if (production === null || confirm === network) return;
    throw new AppError(
      'CONFIRMATION_NEEDED',
      `${network} is ${production}, where it costs money and can't be taken back. Type its name, ${network}, to send.`,
      { field: 'confirm' },
    );
  }

  #assertAllowed({ id, network, sender, certificate }: ReviewRow, by: Caller): void {
    const { rails, store } = this.#deps;
    const { most, value } = certificate?.fees ?? { most: '0', value: '0' };
    const signed = store.signed(id).length > 0;
    rails.assertDoor(network, by);
    // What is signed already counts by itself, and each further signature is asked for again.
    rails.assertMaySend({ network, sender, most: signed ? 0n : BigInt(most) + BigInt(value) });
  }

  async #unlock(key: string, password: string | undefined): Promise<void> {
    const { keys } = this.#deps;
    const { unlockedUntil } = keys.get(key);
    if (password !== undefined || unlockedUntil === null) await keys.grant(key, password);
  }

  /** Throws REVIEW_NOT_FOUND, REVIEW_CLOSED. */
  reject(id: number, by: Caller): Review {
    const { store } = this.#deps;
    const row = foundReview(store, id);
    if (row.status !== 'open' && row.status !== 'failed') {
      throw closedReview(id, `is ${row.status} already`);
    }
    store.update(id, { status: 'rejected', decidedAt: Date.now(), decidedBy: by });
    this.#tell(id);
    return this.#shown(foundReview(store, id));
  }

  /** Called when a deployment has ended. */
  ended({ id, status }: { id: number; status: string }): void {
    const row = this.#deps.store.ofRun(id);
    if (row?.status !== 'approved' || status !== 'succeeded') return;
    this.#deps.store.update(row.id, { status: 'done' });
    this.#tell(row.id);
  }

  /** Goes on with what a core has left. Returns what was done, a sentence each. */
  async recover(): Promise<string[]> {
    for (const { id } of this.#deps.store.rehearsing()) this.#follow(id);
    return [];
  }

  /** A rehearsal that goes on is followed by the next core. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#followed.values());
  }

  #assertOpen({ id, status, runId }: ReviewRow): void {
    if (status === 'open') return;
    const isBroken = status === 'approved' && !this.#isSending({ runId });
    if (!isBroken) throw closedReview(id, `is ${status}`);
  }

  #isSending({ runId }: Pick<ReviewRow, 'runId'>): boolean {
    return runId !== null && !isFinal(this.#deps.deployments.get(runId).status);
  }

  #liveNetwork(name: string): { url: string } {
    const { kind, url } = this.#deps.network(name);
    if (kind === 'remote' && url !== null) return { url };
    throw new AppError(
      'BAD_ARGUMENT',
      kind === 'remote'
        ? `The address of ${name} can't be read. Enter it again.`
        : `${name} is a chain of Drydock's: deploy there at once, and take it back with a revert. Only live networks are reviewed.`,
      { field: 'target' },
    );
  }

  /** A key that was never unlocked says nothing of its address. */
  async #senderOf(key: string | null, from: string | null): Promise<string> {
    const { keys } = this.#deps;
    const address = key === null ? from : keys.get(key).address;
    if (address?.startsWith('0x')) return address;
    if (key !== null) {
      const granted = await keys.grant(key, undefined);
      if (granted.address) return granted.address;
    }
    throw new AppError(
      'BAD_ARGUMENT',
      'Who sends is missing. Name a key with --key, or an address with --from.',
      { field: 'key' },
    );
  }

  async #chainIdOf(network: string, url: string): Promise<number> {
    try {
      return Number(await rpc(url)<string>('eth_chainId'));
    } catch (error) {
      throw unreachable(network, url, error);
    }
  }

  /** From the network's latest block, with its own chain id. */
  async #renewCopy(network: string, url: string, chainId: number): Promise<void> {
    const { chains, saveNetwork } = this.#deps;
    const name = copyOf(network);
    await saveNetwork({ name, kind: 'fork', url, chainId, keepChainId: true, forkBlock: null });
    const { status } = await chains.get(name);
    const again = status === 'running' ? chains.restart : chains.start;
    await again(name, { fresh: true });
  }

  #follow(id: number): void {
    const work = this.#certified(id)
      .catch((error: unknown) =>
        this.#deps.store.update(id, { status: 'failed', problem: messageOf(error) }),
      )
      .finally(() => {
        this.#followed.delete(id);
        this.#tell(id);
      });
    this.#followed.set(id, work);
  }

  async #certified(id: number): Promise<void> {
    const { store, chains } = this.#deps;
    const row = foundReview(store, id);
    if (row.rehearsalId === null) throw new Error('Its rehearsal was deleted.');
    const run = await this.#endOf(row.rehearsalId);
    if (run === null) return;
    const { result, failure } = run;
    if (run.status !== 'succeeded' || result?.family !== 'contracts') {
      throw new Error(failure?.message ?? `The rehearsal was ${run.status}.`);
    }
    if (result.transactions.length === 0) throw new Error('The rehearsal has sent nothing.');
    const copy = copyOf(row.network);
    const url = await chains.runningUrl(copy);
    const { forkBlock } = await chains.get(copy);
    if (url === null || forkBlock === null) throw new Error(`${copy} has ended. Review it again.`);
    const { commit, branch, dirty, warnings } = run;
    const pushed = commit === null ? null : await this.#deps.isPushed(row.projectId, commit);
    const certificate = await certify(
      {
        ...{ result, sender: row.sender, git: { commit, branch, dirty }, warnings },
        ...{ pushed, last: this.#last(row) },
      },
      placesOf(url, forkBlock, this.#liveNetwork(row.network).url),
    );
    // Brings back the files that the tool has written of it; nobody has deployed anything.
    if (run.snapshot) await chains.revert(copy, run.snapshot.id);
    store.update(id, { status: 'open', certificate });
  }

  #last({ projectId, network }: ReviewRow): DeploymentDetail | null {
    const { deployments } = this.#deps;
    const asked = { project: projectId, target: network, status: 'succeeded', limit: 1 } as const;
    const [last] = deployments.list(asked).items;
    return last ? deployments.get(last.id) : null;
  }

  /** How the folder differs from what was rehearsed; its bytes are compared when it is sent. */
  async #sourcesOf({ projectId, certificate }: ReviewRow): Promise<string | null> {
    const now = await this.#deps.git(projectId);
    if (!certificate || !now) return null;
    const { commit, dirty } = certificate;
    if (now.commit !== commit) {
      return `The folder is at the commit ${now.commit?.slice(0, 8) ?? 'none'}, and ${commit?.slice(0, 8) ?? 'none'} was reviewed.`;
    }
    if ((now.dirty ?? 0) === (dirty ?? 0)) return null;
    return `${filesWords(now.dirty ?? 0)} from its commit, and ${dirty ?? 0} did when it was reviewed.`;
  }

  /** null: this core closes first. */
  async #endOf(id: number): Promise<DeploymentDetail | null> {
    const { deployments, changes } = this.#deps;
    for await (const batch of changes.follow(this.#closing.signal)) {
      const isAbout = batch.length === 0 || batch.some(({ topic }) => topic === 'deployments');
      if (!isAbout) continue;
      const run = deployments.get(id);
      if (isFinal(run.status)) return run;
    }
    return null;
  }

  #shown(row: ReviewRow): Review {
    const { certificate, decidedBy: _, feeCap, projectId, rehearsalId, runId, ...rest } = row;
    const { store, deployments } = this.#deps;
    const rehearsal = rehearsalId === null ? null : deployments.get(rehearsalId);
    return {
      ...rest,
      project: { id: projectId, name: this.#deps.project(projectId).name },
      production: this.#deps.rails.production(row.network, row.chainId),
      title: rehearsal?.title ?? '',
      ...{ rehearsal: rehearsalId, run: runId, copy: copyOf(row.network) },
      isSending: this.#isSending(row),
      signed: store.signed(row.id).map(({ nonce, hash, raw }) => ({
        nonce,
        hash,
        maxFeePerGas: `${feesOf(raw).maxFeePerGas}`,
      })),
      maxFeePerGas: feeCap ?? certificate?.fees.maxFeePerGas ?? null,
    };
  }

  #tell(id: number): void {
    this.#deps.changed({ topic: 'reviews', key: id });
  }
}

const filesWords = (count: number): string =>
  count === 1 ? '1 file of the folder differs' : `${count} files of the folder differ`;

const unreachable = (network: string, url: string, error: unknown) =>
  new AppError(
    'RPC_UNREACHABLE',
    `${maskUrl(url)} does not answer: ${messageOf(error)}. Check your connection and the address of ${network}.`,
    { fix: { label: 'Test the network', command: `drydock network test ${network}` } },
  );
