import type { Abi } from 'viem';
import { cutsIn, type DiamondCut, tracedCutsIn } from '../../eth/diamond-cut.ts';
import type { TracedCall } from '../../eth/inside/call-tree.ts';
import { orderedWalk } from '../../eth/inside/ordered-walk.ts';
import { isReplaceable, PROXY_SLOTS, type ProxyAt, proxyAt } from '../../eth/inside/proxy.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import type { Rpc } from '../../eth/rpc.ts';
import {
  eachOnce,
  tracedUpgradesIn,
  type UpgradeCall,
  upgradeCallsIn,
} from '../../eth/upgrade-calls.ts';
import type { CheckUpgrades, PlannedCall } from '../../targets/chain/upgrades.ts';
import type { CheckedUpgrade, UpgradeReport } from './contract.ts';
import { CutCheck } from './cut-check.ts';
import { createdCode, deployedCode, type NewCode } from './new-code.ts';
import { tracedInTurn } from './traced-in-turn.ts';
import { UpgradeCheck, type UpgradeCheckDependencies } from './upgrade-check.ts';

export interface PlannedUpgradesDependencies extends UpgradeCheckDependencies {
  byCreation: (code: string, preferred: { project?: number }) => { id: number } | null;
  compiled: (artifact: number) => { id: number; name: string; abi: Abi };
  /** Addresses of what deployments have on a network. */
  liveOn: (network: string) => readonly { address: string }[];
  keep: (deployment: number, checked: CheckedUpgrade) => void;
}

/** Proxies of a beacon that are checked; what is behind them is the same. */
const MOST_OF_BEACON = 3;

/** See `CheckUpgrades`. */
export function plannedUpgrades(deps: PlannedUpgradesDependencies): CheckUpgrades {
  return async ({ network: from, project, planned, deployment, allowed }) => {
    const traces = await tracedInTurn(from.call, planned);
    const plan = { from, project, creates: createdBy(planned, traces) };
    const checked: UpgradeReport[] = [];
    for await (const report of reportsOf(deps, plan, planned, traces)) {
      if (deployment !== null) {
        deps.keep(deployment, { ...report, allowed: allowed && report.verdict === 'unsafe' });
      }
      checked.push(report);
    }
    return checked;
  };
}

async function* reportsOf(
  deps: PlannedUpgradesDependencies,
  plan: Plan,
  planned: readonly PlannedCall[],
  traces: readonly (TracedCall | null)[],
): AsyncGenerator<UpgradeReport> {
  for (const [i, call] of planned.entries()) {
    const { upgrades, cuts } = foundIn(call, traces[i] ?? null);
    for (const one of upgrades) yield* upgradeReports(deps, plan, one);
    for (const one of cuts) yield* cutReports(deps, plan, one);
  }
}

/** What is planned, and where. */
interface Plan {
  from: ReadNetwork;
  project: { id: number; name: string } | null;
  creates: readonly Created[];
}

/** What a planned call changes of what stands there, each once. */
function foundIn(
  { to, input }: PlannedCall,
  trace: TracedCall | null,
): { upgrades: UpgradeCall[]; cuts: DiamondCut[] } {
  const call = to === null ? null : { to, input };
  return {
    upgrades: eachOnce([
      ...(call ? upgradeCallsIn(call) : []),
      ...(trace ? tracedUpgradesIn(trace) : []),
    ]),
    cuts: [
      ...new Map(
        [...(call ? cutsIn(call) : []), ...(trace ? tracedCutsIn(trace) : [])].map((one) => [
          JSON.stringify(one),
          one,
        ]),
      ).values(),
    ],
  };
}

/** One report for each proxy that it concerns. */
async function* upgradeReports(
  deps: PlannedUpgradesDependencies,
  plan: Plan,
  upgrade: UpgradeCall,
): AsyncGenerator<UpgradeReport> {
  const { from, project } = plan;
  const { afterwards, implementation } = upgrade;
  const code = () => newCode(deps, plan, implementation);
  for (const { address, found } of await proxiesOf(deps, from, upgrade.of)) {
    const proxy = { from, address, project };
    yield await new UpgradeCheck(deps, proxy, found).run({ code, replay: 0, afterwards });
  }
}

/** Nothing where no diamond stands there yet. */
async function* cutReports(
  deps: PlannedUpgradesDependencies,
  plan: Plan,
  { of: address, cuts, init }: DiamondCut,
): AsyncGenerator<UpgradeReport> {
  const { from, project } = plan;
  const code = await from.call<string>('eth_getCode', [address, 'latest']);
  const at = code === '0x' ? null : await proxyAt(from.call, address, code);
  if (at?.kind !== 'diamond') return;
  const proxy = { from, address, project };
  yield await new CutCheck(deps, proxy, at).run({
    ...{ cuts, init },
    code: (facet) => newCode(deps, plan, facet),
  });
}

type Created = PlannedCall['creates'][number];

/** Everything that planned calls create, as far as that is known before. */
const createdBy = (
  planned: readonly PlannedCall[],
  traces: readonly (TracedCall | null)[],
): Created[] => [
  ...planned.flatMap(({ creates }) => creates),
  ...traces.flatMap((trace) => (trace ? createdIn(trace) : [])),
];

function createdIn(trace: TracedCall): Created[] {
  const created: Created[] = [];
  for (const { call, log } of orderedWalk(trace, ({ error }) => error !== undefined)) {
    if (log === null && call.type.startsWith('CREATE') && call.to && call.input) {
      created.push({ address: call.to, initCode: call.input });
    }
  }
  return created;
}

interface Standing {
  address: string;
  found: ProxyAt;
}

/** What passes its calls on to one implementation, which can be replaced; null: nothing does. */
async function proxyThere(call: Rpc, address: string, code: string): Promise<Standing | null> {
  const found = code === '0x' ? null : await proxyAt(call, address, code);
  if (!found || found.kind === 'diamond' || !isReplaceable(found)) return null;
  return { address, found };
}

/** The proxies that an upgrade concerns; none where it concerns what the run makes itself. */
async function proxiesOf(
  { liveOn }: PlannedUpgradesDependencies,
  { name, call }: ReadNetwork,
  address: string,
): Promise<Standing[]> {
  const code = await call<string>('eth_getCode', [address, 'latest']);
  if (code === '0x') return [];
  const itself = await proxyThere(call, address, code);
  if (itself) return [itself];
  const live = liveOn(name);
  const beacons = await Promise.all(
    live.map((one) =>
      call<string>('eth_getStorageAt', [one.address, PROXY_SLOTS.beacon, 'latest']),
    ),
  );
  const digits = address.slice(2).toLowerCase();
  const asking = live
    .filter((_, i) => beacons[i]?.toLowerCase().endsWith(digits))
    .slice(0, MOST_OF_BEACON);
  const standing = await Promise.all(
    asking.map(async (one) =>
      proxyThere(call, one.address, await call<string>('eth_getCode', [one.address, 'latest'])),
    ),
  );
  return standing.filter((one) => one !== null);
}

/** What is to run behind a proxy: it is created by what is planned, or stands there already. */
async function newCode(
  { byCreation, byRuntime, compiled }: PlannedUpgradesDependencies,
  { from, project, creates }: Plan,
  implementation: string,
): Promise<NewCode> {
  const preferred = { project: project?.id };
  const created = creates.find(
    ({ address }) => address.toLowerCase() === implementation.toLowerCase(),
  );
  if (!created) {
    const code = await from.call<string>('eth_getCode', [implementation, 'latest']);
    const known = byRuntime(code, preferred);
    return deployedCode(from, implementation, known && compiled(known.id));
  }
  const known = byCreation(created.initCode, preferred);
  const code = await createdCode(
    from,
    known ? compiled(known.id) : { id: null, name: null, abi: null },
    created.initCode,
  );
  return {
    ...{ ...code, address: implementation },
    // It may call what the run makes before it; the tool has tried that.
    findings: code.findings.map((one) => ({ ...one, level: 'note' })),
  };
}
