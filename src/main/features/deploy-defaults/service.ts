import type { Kind } from '../../kinds/kind.ts';
import type { Kinds } from '../../kinds/kinds.ts';
import { withoutNulls } from '../../lib/without-nulls.ts';
import { type AddressOf, withAddresses } from '../../shared/address-of.ts';
import { AppError } from '../../shared/errors.ts';
import { withoutAliases } from '../../shared/input-aliases.ts';
import { EVERY_TARGET, layeredDefaults } from '../../shared/kept-defaults.ts';
import type { KindInfo, KindInput, TargetType } from '../../shared/kind.ts';
import type { TargetProvider } from '../../targets/target.ts';
import type { Change } from '../app/contract.ts';
import type { KeptDefaults, SetDefaults } from './contract.ts';
import type { DeployDefaultsStore } from './store.ts';
import { withAncestors, withDefaults } from './with-defaults.ts';

type Input = Record<string, unknown>;
type ProjectRef = number | string;
type TargetKind = NonNullable<NonNullable<KindInput['when']>['target']>[number];

export interface DeployDefaultsDependencies {
  store: DeployDefaultsStore;
  /** Throws PROJECT_NOT_FOUND. */
  project: (ref: ProjectRef) => { id: number; name: string; path: string; kind: string };
  kinds: Kinds;
  provider: (type: TargetType) => Pick<TargetProvider, 'assertExists'>;
  /** The address that a text stands for on a network. */
  addressesOn: (network: string) => AddressOf;
  networkKind: (name: string) => TargetKind;
  isTrusted: (folder: string) => boolean;
  changed: (change: Change) => void;
}

/** What deploys of a project to a target begin with. */
export function deployDefaultsService(deps: DeployDefaultsDependencies) {
  const { store, changed } = deps;

  /** null: it is every target. Throws NETWORK_NOT_FOUND. */
  function kindOf({ target: type }: KindInfo, target: string): TargetKind | null {
    if (target === EVERY_TARGET) return null;
    deps.provider(type).assertExists(target);
    return type === 'runtime' ? 'runtime' : deps.networkKind(target);
  }

  async function found(ref: ProjectRef) {
    const project = deps.project(ref);
    const kind = await deps.kinds.get(project.kind);
    const options = { trusted: deps.isTrusted(project.path) };
    const named = async (input: Input): Promise<Input | null> => {
      try {
        return (await kind.named?.(input, project.path, options)) ?? input;
      } catch (error) {
        if (error instanceof AppError) return null;
        throw error;
      }
    };
    return { project, kind, options, named };
  }

  /** Those that fit the target as it is now: a network can become one of another kind. */
  function fitting({ inputs }: KindInfo, kind: TargetKind | null, input: Input): Input {
    const fits = ({ name, when }: KindInput) =>
      input[name] !== undefined && (kind === null || (when?.target?.includes(kind) ?? true));
    return Object.fromEntries(inputs.filter(fits).map(({ name }) => [name, input[name]]));
  }

  return {
    list: (ref: ProjectRef): KeptDefaults[] => store.all(deps.project(ref).id),

    get(ref: ProjectRef, target: string): KeptDefaults {
      const { id, kind } = deps.project(ref);
      kindOf(deps.kinds.info(kind), target);
      return store.of(id, target);
    },

    async set({ project: ref, target, input }: SetDefaults): Promise<KeptDefaults> {
      const { project, kind, options, named } = await found(ref);
      // A name stands for another address on each network, and is refused for all of them.
      const isOfOne = kind.info.target === 'chain' && target !== EVERY_TARGET;
      const addressOf = isOfOne ? deps.addressesOn(target) : undefined;
      const typed = withoutAliases(kind.info.inputs, input);
      const given = addressOf
        ? withAddresses(kind.info.inputs, typed, { addressOf, network: target })
        : typed;
      refuseForeign(kind.info, kindOf(kind.info, target), target, given);
      const { inputs } = kind.info;
      const before = store.of(project.id, target).input;
      const merged = await withDefaults(inputs, given, before, named);
      const wanted = withoutNulls(merged);
      const understood = await asFarAsGiven(kind, wanted, named, (whole) =>
        kind.normalize(whole, project.path, { ...options, addressOf }),
      );
      const every = target === EVERY_TARGET ? {} : store.of(project.id, EVERY_TARGET).input;
      const none = Object.keys(merged).filter((name) => merged[name] === null && name in every);
      const kept = { ...Object.fromEntries(none.map((name) => [name, null])), ...understood };
      if (Object.keys(kept).length === 0) store.remove(project.id, target);
      else store.put(project.id, { target, input: kept });
      changed({ topic: 'deployDefaults', key: project.id });
      return store.of(project.id, target);
    },

    remove(ref: ProjectRef, target: string): KeptDefaults {
      const { id } = deps.project(ref);
      const removed = store.of(id, target);
      store.remove(id, target);
      changed({ topic: 'deployDefaults', key: id });
      return removed;
    },

    /** The input of a request, completed by what is kept for its project and target. */
    async complete(ref: ProjectRef, target: string, asked: Input): Promise<Input> {
      const { project, kind, named } = await found(ref);
      const { info } = kind;
      const targetKind = kindOf(info, target);
      const keptFor = (one: string) => fitting(info, targetKind, store.of(project.id, one).input);
      const kept = layeredDefaults(info.inputs, keptFor(target), keptFor(EVERY_TARGET));
      return withDefaults(info.inputs, asked, kept, named);
    },

    targetRemoved(target: string): void {
      if (store.removeTarget(target) > 0) changed({ topic: 'deployDefaults' });
    },
  };
}

/** Throws BAD_INPUT for inputs that can't be kept for a target. */
function refuseForeign(
  info: KindInfo,
  targetKind: TargetKind | null,
  target: string,
  given: Input,
): void {
  for (const field of Object.keys(given)) {
    const input = info.inputs.find(({ name }) => name === field);
    const refuse = (message: string) => new AppError('BAD_INPUT', message, { field });
    if (!input) {
      const known = info.inputs.map(({ name }) => name).join(', ');
      throw refuse(`${info.label} projects have no input "${field}". They have: ${known}.`);
    }
    if (input.secret) {
      throw refuse(`${input.label} is secret, and never kept. Give it with each deploy.`);
    }
    if (targetKind === null || given[field] === null || !input.when?.target) continue;
    if (!input.when.target.includes(targetKind)) {
      throw refuse(
        `Deploys to ${target} don't ask for "${field}": it is for ${input.when.target.join(' and ')} networks. Leave it out.`,
      );
    }
  }
}

/**
 * The given inputs as the kind understands them, with those that they depend on. Inputs that are
 * still missing are no mistake here: the request brings them. Throws what the kind says of the
 * given ones.
 */
async function asFarAsGiven(
  { info }: Kind,
  wanted: Input,
  named: (input: Input) => Promise<Input | null>,
  normalize: (input: Input) => Promise<unknown>,
): Promise<Input> {
  const names = withAncestors(info.inputs, Object.keys(wanted));
  let understood: Input;
  try {
    understood = (await normalize(wanted)) as Input;
  } catch (error) {
    const field = error instanceof AppError ? error.data.field?.split('.')[0] : undefined;
    if (field === undefined || names.has(field)) throw error;
    understood = (await named(wanted)) ?? wanted;
  }
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const value = understood[name] ?? wanted[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

export type DeployDefaultsService = ReturnType<typeof deployDefaultsService>;
