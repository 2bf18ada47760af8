/** A chain of Drydock that a fork started from, with what the fork has of it. */
export interface OwnUpstream {
  network: string;
  /** The newest block that both have; null: that isn't known. */
  newest: number | null;
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

type Of<Found> = (network: string, newest: number | null) => Found;

/** What a network has, else the nearest chain that it forks from, up to the block that both have. */
export function nearest<Found>(
  upstreams: OwnUpstreams,
  network: string,
  of: Of<Found | null>,
): Found | null {
  const own = of(network, null);
  if (own !== null) return own;
  for (const one of upstreams(network)) {
    const found = of(one.network, one.newest);
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
    const more = of(one.network, one.newest);
    all.push(...more.filter(({ address }) => !met.has(address.toLowerCase())));
  }
  return all;
}
