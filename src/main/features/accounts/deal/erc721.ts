import { getAddress, type Hex } from 'viem';
import type { DealtToken } from './about-token.ts';
import { findPlace, type Wish } from './find-place.ts';
import type { DealPlan } from './plan.ts';
import { approvedFor, holdings, ownerOf, STRANGE_IDS, STRANGERS } from './questions.ts';
import { enumerable, noBalance, noOwner, sharedOwner } from './refusals.ts';
import { withSupply } from './supply.ts';
import type { Trial } from './trial.ts';
import { lastOfEach, type Write } from './writes.ts';

const LAST_ID = 2n ** 256n - 1n;

export interface OwnerWish {
  token: DealtToken;
  to: Hex;
  id: bigint;
  /** Only when the id is new. */
  adjustSupply: boolean;
}

/**
 * Plans that an address owns an ERC-721 token, whether the id is free or has an owner: owner, the
 * balances of both and the approval for it. Rejects with DEAL_FAILED, RpcError.
 */
export async function planOwner(trial: Trial, wish: OwnerWish): Promise<DealPlan> {
  const { token, to, id, adjustSupply } = wish;
  const [owner, held] = await Promise.all([
    trial.ask(ownerOf(token.address, id)),
    trial.ask(holdings(token.address, to)),
  ]);
  const previousOwner = owner ? addressOf(owner) : null;
  const before = held ?? 0n;
  const unchanged: DealPlan = {
    ...{ writes: [], supply: null, previousOwner, notes: [] },
    ...{ before, after: before, expected: [] },
  };
  if (owner === BigInt(to)) return unchanged;
  if (token.isEnumerable) throw enumerable(token, previousOwner, id);
  const steps = new OwnerSteps(trial, token);
  await steps.ownedBy(id, to);
  await steps.holds(to, before + 1n);
  if (previousOwner) await steps.holdsOneLess(previousOwner);
  await steps.unapproved(id);
  const plan = {
    ...unchanged,
    after: before + 1n,
    writes: lastOfEach(steps.writes),
    expected: steps.expected,
    notes: previousOwner
      ? []
      : [
          `${token.called} does not know of it: when it mints ${id} itself one day, that fails or takes the token away.`,
        ],
  };
  return adjustSupply && !previousOwner ? withSupply(trial, token, plan, id) : plan;
}

/** Collects what is to be written, each step on top of those before it. */
class OwnerSteps {
  readonly writes: Write[] = [];
  readonly expected: { question: Wish['question']; value: bigint }[] = [];

  constructor(
    readonly trial: Trial,
    readonly token: DealtToken,
  ) {}

  /**
   * Some contracts store the owner of the first of several tokens only (ERC-721A): those before and
   * after it stay where they were.
   */
  async ownedBy(id: bigint, to: Hex): Promise<void> {
    const { address } = this.token;
    const others = STRANGE_IDS.filter((one) => one !== id).map((one) => ownerOf(address, one));
    if (id > 0n) others.push(ownerOf(address, id - 1n));
    const next = id < LAST_ID ? ownerOf(address, id + 1n) : null;
    const nextOwner = next && (await this.trial.ask(next));
    const question = ownerOf(address, id);
    await this.#put({ question, value: BigInt(to), others }, () => noOwner(this.token, id));
    if (!next || !nextOwner) return;
    await this.#put({ question: next, value: nextOwner, others: [question] }, () =>
      sharedOwner(this.token, id),
    );
  }

  async holds(holder: Hex, value: bigint): Promise<void> {
    const { address } = this.token;
    const others = STRANGERS.filter((one) => one !== holder.toLowerCase());
    const wish = {
      question: holdings(address, holder),
      value,
      others: others.map((one) => holdings(address, one)),
    };
    await this.#put(wish, (no) => noBalance(this.token, no));
  }

  async holdsOneLess(holder: Hex): Promise<void> {
    const held = await this.trial.ask(holdings(this.token.address, holder));
    if (held) await this.holds(holder, held - 1n);
  }

  /** Who could take the token from its owner before can't any more. */
  async unapproved(id: bigint): Promise<void> {
    const question = approvedFor(this.token.address, id);
    if (!(await this.trial.ask(question, this.writes))) return;
    const others = STRANGE_IDS.filter((one) => one !== id);
    await this.#put(
      { question, value: 0n, others: others.map((one) => approvedFor(this.token.address, one)) },
      () => noOwner(this.token, id),
    );
  }

  async #put(wish: Wish, refusal: (no: Parameters<typeof noBalance>[1]) => Error): Promise<void> {
    this.expected.push(wish);
    if ((await this.trial.ask(wish.question, this.writes)) === wish.value) return;
    const found = await findPlace(this.trial, wish, this.writes);
    if ('no' in found) throw refusal(found.no);
    this.writes.push(found.write);
  }
}

const addressOf = (word: bigint): Hex => getAddress(`0x${word.toString(16).padStart(40, '0')}`);
