/** What a fork has of a chain that it started from. */
export interface ForkedFrom {
  /** The newest block that both have; null: that isn't known. */
  newest: number | null;
  /**
   * Ids of the deployments that were in place as the fork began, on it and on those that it forks from
   * itself; null: that isn't known.
   */
  deployments: readonly number[] | null;
}

/** A chain of Drydock that a fork started from. */
export interface OwnUpstream extends ForkedFrom {
  network: string;
}

/** The chains of Drydock that a network forks from, the nearest first. */
export type OwnUpstreams = (network: string) => readonly OwnUpstream[];

/** The same for a while: what is recorded of networks is not read for each address. */
export function rememberedUpstreams(of: OwnUpstreams): OwnUpstreams {
  const known = new Map<string, readonly OwnUpstream[]>();
  return (network) => {
    const found = known.get(network) ?? of(network);
    known.set(network, found);
    return found;
  };
}

/** @param began null: it is asked about the network as it is now */
type Of<Found> = (network: string, began: ForkedFrom | null) => Found;

/** What a network has, else the nearest chain that it forks from, as that was when the fork began. */
export function nearest<Found>(
  upstreams: OwnUpstreams,
  network: string,
  of: Of<Found | null>,
): Found | null {
  const own = of(network, null);
  if (own !== null) return own;
  for (const one of upstreams(network)) {
    const found = of(one.network, one);
    if (found !== null) return found;
  }
  return null;
}

/** What a network has, then what the chains that it forks from have at other addresses. */
export function withUpstreams<Found extends { address: string }>(
  upstreams: OwnUpstreams,
  network: string,
  of: Of<readonly Found[]>,
): Found[] {
  const all = [...of(network, null)];
  for (const one of upstreams(network)) {
    const met = new Set(all.map(({ address }) => address.toLowerCase()));
    const more = of(one.network, one);
    all.push(...more.filter(({ address }) => !met.has(address.toLowerCase())));
  }
  return all;
}
