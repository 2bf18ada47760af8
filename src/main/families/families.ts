import { AppError } from '../shared/errors.ts';
import type { ResultFamily } from '../shared/kind.ts';
import type { Result, Summary } from '../shared/result.ts';
import type { Exported, ResultCheck, ResultDiff, ResultFormat, ResultRecord } from './contract.ts';
import { type ContractsNeeds, contractsFamily } from './contracts/family.ts';
import type { Difference, Family, FileWords, Run } from './family.ts';
import { type ServicesNeeds, servicesFamily } from './services/family.ts';

export type FamilyNeeds = ContractsNeeds & ServicesNeeds;

/** A run of any family; `summary` and `result` are of its own. */
export interface AnyRun extends Omit<Run, 'summary'> {
  readonly family: ResultFamily;
  readonly summary: Summary | null;
}

type Id = Result['family'];
type Of<F extends Id> = Run<Extract<Result, { family: F }>>;

/** Every family, each asked about the runs that are its own. */
export function familiesOf(needs: FamilyNeeds) {
  const contracts = contractsFamily(needs);
  const services = servicesFamily(needs);
  const all: { [family in Id]: Family<Extract<Result, { family: family }>, unknown, object> } = {
    contracts,
    services,
  };
  const find = (id: ResultFamily): Family<Result, unknown, object> | undefined =>
    id in all ? (all[id as Id] as unknown as Family<Result, unknown, object>) : undefined;

  return {
    async diff(a: AnyRun, b: AnyRun): Promise<Difference<ResultDiff>> {
      const [ofContracts, ofServices] = await Promise.all([
        contracts.diff(own('contracts', a), own('contracts', b)),
        services.diff(own('services', a), own('services', b)),
      ]);
      return {
        facts: [...ofContracts.facts, ...ofServices.facts],
        parts: { ...ofContracts.parts, ...ofServices.parts },
        same: ofContracts.same && ofServices.same,
      };
    },

    /** Throws BAD_INPUT when its family makes no such file. */
    export(run: AnyRun, format: ResultFormat, words: FileWords): Exported {
      const family = find(run.family);
      if (family?.formats.includes(format)) return family.export(run as Run, format, words);
      throw new AppError(
        'BAD_INPUT',
        `${words.about} can't be had as ${format}. Give one of ${['json', ...(family?.formats ?? [])].join(', ')}.`,
        { field: 'format' },
      );
    },

    /** Everything that is live on a network as one file. */
    exportLive: contracts.exportLive,

    /** What a run is found by besides its log, a line each. */
    words(deployment: number, family: ResultFamily, summary: Summary | null): string[] {
      const known = find(family);
      const result = known?.results.read(deployment, summary);
      return known && result ? known.words(result) : [];
    },

    /** Whether what a run made is there now. */
    async check(run: AnyRun): Promise<ResultCheck> {
      const nothing = { contracts: [], services: [] };
      const checked = await find(run.family)?.check(run as Run);
      if (checked) return { ...nothing, ...checked };
      return { live: 'unknown', problem: 'What it made can not be looked for.', ...nothing };
    },

    /** What is kept of a run beside its result. */
    record: ({ id, family }: Pick<AnyRun, 'id' | 'family'>): ResultRecord =>
      find(family)?.record(id) ?? {},

    /** Keeps what can't be known later, soon after the end. Rejects when that can't be had. */
    keep: async (run: AnyRun): Promise<void> => find(run.family)?.keep?.(run as Run),
  };
}

export type Families = ReturnType<typeof familiesOf>;

/** A run as its family looks at it; null for any other. */
const own = <F extends Id>(family: F, run: AnyRun): Of<F> | null =>
  run.family === family ? (run as unknown as Of<F>) : null;
