import type { Engine, HostAddress, Workspace, WorkspaceProject } from '../../engines/engine.ts';
import { checkedReplies } from '../../eth/checked-replies.ts';
import { instructionsOf } from '../../eth/instructions.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import { type Rpc, rpc } from '../../eth/rpc.ts';
import type { ShownInstead } from '../../lib/secrets/mask.ts';
import type { ContractsResult, Result } from '../../shared/result.ts';
import type { Failure } from '../../shared/run.ts';
import type {
  Acquisition,
  Checked,
  Concluded,
  TargetFacts,
  TargetWatch,
  Telling,
} from '../target.ts';
import type {
  ChainNeeds,
  ChainTarget,
  NetworkName,
  Planned,
  ReadingOptions,
  Recording,
  RecordOptions,
  Review,
  ReviewedTransaction,
} from './chain-target.ts';
import { OWN_CHAIN, REMOTE, watchChain } from './chain-watch.ts';
import type { RunPlace } from './choose-engine.ts';
import type { Destination } from './destination.ts';
import { chainGone, chainSilent, revertedFromOutside, silent, stuck } from './failures.ts';
import type { HeldChain } from './held-chain.ts';
import type { LiveSigner } from './live/live-signer.ts';
import {
  alsoSendsTo,
  type ChainAt,
  isAllowed,
  isOnThisMachine,
  otherChains,
  wouldLeave,
} from './other-chains.ts';
import { checkOutcome, NO_RECEIPT } from './record.ts';
import { type RecordedNetwork, type ReplayPlace, readFrom, recordOn } from './record-on.ts';
import { type TakenBackAt, takenBackNote } from './taken-back.ts';
import { toolRecordOf } from './tool-record.ts';
import {
  type CheckUpgrades,
  type PlannedCall,
  retryWithConsent,
  reviewUpgrades,
  type UpgradesReview,
} from './upgrades.ts';

export interface ReachedChainDependencies {
  chainAt: ChainAt;
  takenBackAt: TakenBackAt;
  replayPlace: ReplayPlace;
  checkUpgrades: CheckUpgrades;
  mayHoldProxies: boolean;
  /** Signs what was reviewed; null: the node does, or the tool. */
  signer: LiveSigner | null;
}

/** A run's network, from the moment it is reached until it is released. */
export class ReachedChain implements ChainTarget {
  readonly type = 'chain';
  readonly name: string;
  readonly network: NetworkName;
  readonly engine: Engine;
  readonly rpcUrl: string;
  readonly secretUrl: boolean;
  readonly chainId: number;
  readonly sender: string | null;
  readonly unlocked: boolean;
  readonly isOwn: boolean;
  readonly isRevertible: boolean;
  readonly codeSizeLimit: number | null;
  readonly mayHoldProxies: boolean;
  readonly shownInstead: ShownInstead;
  readonly call: Rpc;
  readonly prepared: Promise<void>;
  readonly #url: string;
  readonly #host: HostAddress | null;
  readonly #chain: HeldChain | null;
  readonly #request: Acquisition<ChainNeeds>;
  readonly #deps: ReachedChainDependencies;
  #snapshotId: number | null = null;

  constructor(
    request: Acquisition<ChainNeeds>,
    { name, kind, origin }: NetworkName,
    { url, secretUrl, chainId, from, unlocked, chain }: Destination,
    { engine, rpcUrl, host }: RunPlace,
    deps: ReachedChainDependencies,
  ) {
    this.name = name;
    this.network = { name, kind, ...(origin ? { origin } : {}) };
    this.engine = engine;
    this.rpcUrl = deps.signer?.url ?? rpcUrl;
    // Of what signs: nothing else may send through it.
    this.secretUrl = secretUrl || deps.signer !== null;
    this.chainId = chainId;
    this.sender = from;
    this.unlocked = unlocked;
    this.isOwn = chain !== null;
    this.isRevertible = chain !== null;
    this.codeSizeLimit = chain?.codeSizeLimit ?? null;
    this.mayHoldProxies = deps.mayHoldProxies;
    this.shownInstead = new Map(
      chain ? [url, rpcUrl].map((inside) => [hostOf(inside), hostOf(chain.publicUrl)]) : [],
    );
    this.call = rpc(deps.signer?.hereUrl ?? url);
    this.#url = url;
    this.#host = host;
    this.#chain = chain;
    this.#request = request;
    this.#deps = deps;
    this.prepared = this.#prepare();
    // Its rejection is handled where a command waits for it.
    this.prepared.catch(() => undefined);
  }

  workspace(project: WorkspaceProject): Workspace {
    return this.engine.workspace(project, this.rpcUrl);
  }

  facts(): TargetFacts {
    const result: ContractsResult = {
      ...{ family: 'contracts', chainId: this.chainId, sender: this.sender },
      ...{ source: null, transactions: [], contracts: [] },
    };
    return { result, snapshotId: this.#snapshotId };
  }

  watch({ onTrouble, onGone, onWarning, latest }: TargetWatch): () => void {
    // A tool retries a dead chain for a while; waiting for that is useless.
    const stopListening = this.#chain?.onEnd(() => onGone(chainGone(this.name)));
    const stopLooking = watchChain(
      this.#url,
      () => {
        const result = latest();
        return result?.family === 'contracts' ? result.transactions : [];
      },
      {
        onVanished: () => onTrouble(revertedFromOutside(this.network)),
        onStuck: () => onWarning(stuck(this.name)),
        onSilent: () => onWarning(silent(this.name)),
        onDead: () => onTrouble(chainSilent(this.name)),
      },
      this.isOwn ? OWN_CHAIN : REMOTE,
    );
    const stopHearing = this.#deps.signer?.onRefused(onTrouble);
    const stopWaiting = this.#deps.signer?.watchPending(onWarning);
    return () => {
      stopListening?.();
      stopLooking();
      stopHearing?.();
      stopWaiting?.();
    };
  }

  async gone(): Promise<Failure | null> {
    if (this.#chain === null || (await this.#chain.isRunning())) return null;
    return chainGone(this.name);
  }

  async check(result: Result): Promise<Checked> {
    if (result.family !== 'contracts') return { result, live: null };
    return checkOutcome(await this.#underCurrentHashes(result), {
      ...{ url: this.#url, chainId: this.chainId, isOwn: this.isOwn, network: this.name },
      hasSnapshot: this.#snapshotId !== null,
      allowChains: this.#request.needs.allowChains,
      toolRecord: toolRecordOf(this.#request.needs, this.#request.project.path),
      chainAt: this.#deps.chainAt,
    });
  }

  async review(planned: Planned | null): Promise<Review> {
    const { needs, deployment } = this.#request;
    const others = await otherChains(planned?.result.transactions ?? [], {
      network: this.name,
      chainAt: this.#deps.chainAt,
    });
    const allowed = others.every((one) => isAllowed(one, needs.allowChains));
    const upgrades = await this.#reviewUpgrades(planned?.calls ?? []);
    return {
      refused: allowed ? upgrades.refused : wouldLeave(deployment.id, this.name, others),
      warnings: [...others.map((one) => alsoSendsTo(this.name, one)), ...upgrades.warnings],
      notes: upgrades.notes,
      leavesMachine: others.some((one) => !isOnThisMachine(one)),
    };
  }

  async #reviewUpgrades(planned: readonly PlannedCall[]): Promise<UpgradesReview> {
    const { needs, deployment, project } = this.#request;
    const { name, chainId, isOwn } = this;
    const call = checkedReplies(rpc(this.#url, undefined, { batch: isOwn }));
    const instructions: ReadNetwork['instructions'] = (method, params) =>
      instructionsOf(this.#url, method, params);
    return reviewUpgrades(
      this.#deps.checkUpgrades,
      {
        network: { name, chainId, isOwn, isStopped: false, call, instructions },
        ...{ project, planned, deployment: deployment.id, allowed: needs.allowUnsafeUpgrade },
      },
      retryWithConsent(deployment.id),
    );
  }

  async read(hashes: readonly string[], reading: ReadingOptions): Promise<ContractsResult> {
    const current = await Promise.all(hashes.map((hash) => this.#currentHash(hash)));
    return readFrom(this.#recorded, this.#replayPlace, current, reading);
  }

  record(options: RecordOptions): Promise<Recording> {
    if (!this.#host) throw new Error('the run has not said that it records');
    return recordOn(this.#recorded, this.#host, this.#replayPlace, options, {
      review: (calls) => this.#reviewUpgrades(calls),
      reviewsAll: this.mayHoldProxies,
    });
  }

  async conclude(failure: Failure | null, telling: Telling): Promise<Concluded> {
    const { signer } = this.#deps;
    // The tool gave up on a receipt; what was sent can still be mined.
    const isWaitedFor = failure === null || failure.code === NO_RECEIPT;
    if (!signer || !isWaitedFor) return { failure, isChanged: false };
    const incomplete = signer.incomplete();
    if (incomplete) return { failure: incomplete, isChanged: false };
    return { failure: await signer.conclude(telling), isChanged: true };
  }

  rest(): readonly ReviewedTransaction[] {
    return this.#deps.signer?.unrecorded() ?? [];
  }

  developmentKey(): string | null {
    return (this.sender && this.#chain?.keyOf(this.sender)) ?? null;
  }

  takenBack(text: string): string {
    return takenBackNote(this.#deps.takenBackAt, this.name, text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#deps.signer?.[Symbol.asyncDispose]();
    await this.#chain?.[Symbol.asyncDispose]();
  }

  #currentHash(hash: string): Promise<string> {
    return this.#deps.signer?.currentHash(hash) ?? Promise.resolve(hash);
  }

  /** A tool knows nothing of what has taken the place of its transactions. */
  async #underCurrentHashes(result: ContractsResult): Promise<ContractsResult> {
    if (!this.#deps.signer) return result;
    const current = async <T extends { hash: string | null }>(one: T): Promise<T> => ({
      ...one,
      hash: one.hash && (await this.#currentHash(one.hash)),
    });
    return { ...result, transactions: await Promise.all(result.transactions.map(current)) };
  }

  get #recorded(): RecordedNetwork {
    const { chainId, sender, isOwn } = this;
    return {
      url: this.#deps.signer?.hereUrl ?? this.#url,
      chainId,
      sender,
      isOwn,
      accounts: this.#chain?.accounts() ?? [],
      signs: this.#chain?.signs ?? {},
    };
  }

  get #replayPlace(): ReplayPlace | null {
    return this.isOwn ? null : this.#deps.replayPlace;
  }

  async #prepare(): Promise<void> {
    const { needs, project, deployment } = this.#request;
    const chain = this.#chain;
    const takeSnapshot = async () => {
      if (!chain || !needs.snapshot) return;
      const label = `before ${project.name} #${deployment.number}`;
      this.#snapshotId = (await chain.snapshot(label, deployment.id)).id;
    };
    // The tool makes the node sign for every sender, even where the script provides the key.
    const signs = this.unlocked && !needs.hasKeystore;
    // What is pending is mined then, and is not part of the snapshot.
    const mines = () => chain?.mineOnDemand();
    await Promise.all([takeSnapshot().then(mines), signs ? chain?.signForAll() : undefined]);
  }
}

/** With its port. */
const hostOf = (url: string): string => new URL(url).host;
