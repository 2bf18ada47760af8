import { getAddress } from 'viem';
import {
  type ForkedFrom,
  nearest,
  type OwnUpstreams,
  withUpstreams,
} from '../../eth/own-upstreams.ts';
import { addressProblem } from '../../shared/address-problem.ts';
import { ownLabel } from '../../shared/contract-label.ts';
import { AppError } from '../../shared/errors.ts';
import { isAddressShaped } from '../../shared/hex.ts';
import type { AddedStore } from './added-store.ts';
import type { LiveContract } from './contract/listed.ts';
import type { ContractsStore } from './store.ts';

export type KnownProject = { id: number; name: string };

/** A contract that is meant, with what is recorded of it. */
export interface NamedContract {
  address: `0x${string}`;
  recorded: LiveContract | null;
}

/** What the user calls addresses. */
export interface KnownLabels {
  at(network: string, address: string): { label: string } | null;
  addressOf(network: string, label: string): string | null;
  list(filter: { network: string }): { address: string }[];
}

/** How many are listed in an error. */
const MOST_LISTED = 10;

/** Finds contracts by what people call them. */
export class ContractResolver {
  readonly #store: Pick<ContractsStore, 'named' | 'at'>;
  readonly #added: Pick<AddedStore, 'named'>;
  readonly #labels: Pick<KnownLabels, 'addressOf'>;
  readonly #projects: () => readonly KnownProject[];
  readonly #upstreams: OwnUpstreams;

  constructor(
    {
      store,
      added,
      labels,
    }: {
      store: Pick<ContractsStore, 'named' | 'at'>;
      added: Pick<AddedStore, 'named'>;
      labels: Pick<KnownLabels, 'addressOf'>;
    },
    projects: () => readonly KnownProject[],
    upstreams: OwnUpstreams,
  ) {
    this.#store = store;
    this.#added = added;
    this.#labels = labels;
    this.#projects = projects;
    this.#upstreams = upstreams;
  }

  /**
   * What stands at an address, or at the one that the user has labelled so; the live contract with a
   * name or label, also after its project's name: of what a project has deployed several times, the
   * newest; then what the user has added. What a network does not have may be of a chain of Drydock
   * that it forks from. Throws
   * CONTRACT_NOT_FOUND, CONTRACT_AMBIGUOUS, and BAD_INPUT for an address with a wrong checksum.
   */
  find(network: string, ref: string): NamedContract {
    const found = this.maybe(network, ref);
    if (found) return found;
    throw new AppError(
      'CONTRACT_NOT_FOUND',
      `No contract "${short(ref)}" is known on ${network}. Give its address, or see what is there with "drydock contract list --network ${network}".`,
      {
        field: 'contract',
        fix: { label: 'List them', command: `drydock contract list --network ${network}` },
      },
    );
  }

  /** As `find`; null instead of CONTRACT_NOT_FOUND. */
  maybe(network: string, ref: string): NamedContract | null {
    const text = ref.trim();
    if (isAddressShaped(text)) return this.#at(network, text);
    const labelled = this.#nearest(network, (one) => this.#labels.addressOf(one, text));
    if (labelled !== null) return this.#at(network, labelled);
    const found = newestOfEach(
      withUpstreams(this.#upstreams, network, (one, began) => this.#named(one, text, began)),
    );
    if (found.length > 1) throw ambiguous(network, text, found);
    if (found[0]) return asNamed(found[0]);
    const added = this.#nearest(network, (one) => this.#added.named(one, text));
    return added && this.#at(network, added.address);
  }

  /** The address of the one contract that is called so now; null: none is, or several are. */
  standing(network: string, ref: string): string | null {
    try {
      return this.maybe(network, ref)?.address ?? null;
    } catch (error) {
      if (error instanceof AppError) return null;
      throw error;
    }
  }

  #at(network: string, text: string): NamedContract {
    const problem = addressProblem(text);
    if (problem) throw new AppError('BAD_INPUT', `${problem}.`, { field: 'contract' });
    const address = getAddress(text.toLowerCase());
    const recorded = this.#nearest(network, (one, began) => this.#store.at(one, address, began));
    return { address, recorded };
  }

  #nearest<Found>(
    network: string,
    of: (network: string, began: ForkedFrom | null) => Found | null,
  ): Found | null {
    return nearest(this.#upstreams, network, of);
  }

  /** A project's name may have dots, too. */
  #named(network: string, text: string, began: ForkedFrom | null): LiveContract[] {
    const found = this.#store.named(network, text, null, began);
    const ofProjects = this.#projects().flatMap(({ id, name }) =>
      text.startsWith(`${name}.`)
        ? this.#store.named(network, text.slice(name.length + 1), id, began)
        : [],
    );
    return [...found, ...ofProjects];
  }
}

/** Of each project, those of the newest run that has one. */
function newestOfEach(found: readonly LiveContract[]): LiveContract[] {
  const newest = new Map<number, number>();
  for (const { deployment } of found) {
    const { id, project } = deployment;
    newest.set(project.id, Math.max(id, newest.get(project.id) ?? 0));
  }
  return found.filter(({ deployment: { id, project } }) => newest.get(project.id) === id);
}

const asNamed = (one: LiveContract): NamedContract => ({
  address: getAddress(one.address),
  recorded: one,
});

function ambiguous(network: string, ref: string, found: readonly LiveContract[]): AppError {
  const places = found.slice(0, MOST_LISTED).map((one) => {
    const { project, number } = one.deployment;
    const label = ownLabel(one);
    return `${project.name}.${one.name ?? label} (${label === null ? '' : `${label}, `}#${number}) at ${one.address}`;
  });
  const more = found.length > MOST_LISTED ? `, and ${found.length - MOST_LISTED} more` : '';
  const projects = new Set(found.map(({ deployment }) => deployment.project.id));
  const way =
    projects.size > 1 ? 'Name the project as well, or give the address' : 'Give the address';
  return new AppError(
    'CONTRACT_AMBIGUOUS',
    `Several contracts on ${network} are called "${short(ref)}": ${places.join('; ')}${more}. ${way}.`,
    { field: 'contract' },
  );
}

const short = (text: string): string => (text.length > 80 ? `${text.slice(0, 77)}…` : text);
