import type { Seal } from '../../lib/secrets/seal.ts';
import { secretPieces } from '../../lib/secrets/secret-pieces.ts';
import type { SecretOwners } from '../data/contract.ts';
import type { EnvironmentsStore } from './store.ts';

/** What was looked up is hidden for as long as the core lives; of more, the oldest is not. */
const MOST_LOOKED_UP = 500;

/** The values of variables: sealed where they are kept, and hidden in all that is said. */
export function environmentValues(store: EnvironmentsStore, seal: Seal) {
  /** By what was sealed: what is hidden is asked for often. */
  let hidden = new Map<string, readonly string[]>();
  let lookedUp: readonly string[] = [];

  const isReadable = (sealed: string): boolean => {
    try {
      seal.open(sealed);
      return true;
    } catch {
      return false;
    }
  };

  const piecesOf = (sealed: string): readonly string[] => {
    try {
      return hidden.get(sealed) ?? secretPieces(seal.open(sealed));
    } catch {
      return [];
    }
  };

  return {
    /** Throws SECRETS_UNREADABLE. */
    seal: (value: string): string => seal.seal(value),
    /** Throws SECRETS_UNREADABLE. */
    open: (sealed: string): string => seal.open(sealed),
    secrets(): string[] {
      const all = store.all().flatMap(({ secret, sealed }) => (secret && sealed ? [sealed] : []));
      hidden = new Map(all.map((sealed) => [sealed, piecesOf(sealed)]));
      return [...[...hidden.values()].flat(), ...lookedUp];
    },
    /** From here on these are hidden, too. */
    hide(secrets: readonly string[]): void {
      lookedUp = [...new Set([...lookedUp, ...secrets])].slice(-MOST_LOOKED_UP);
    },
    unreadable: (): SecretOwners['variables'] =>
      store
        .all()
        .filter(({ sealed }) => sealed !== null && !isReadable(sealed))
        .map(({ name, projectName: project, target }) => ({ name, project, target })),
    /** Variables are younger than what the window sealed by itself. */
    moveSecrets: (): number => 0,
  };
}

export type EnvironmentValues = ReturnType<typeof environmentValues>;
