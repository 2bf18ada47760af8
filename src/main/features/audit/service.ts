import { setImmediate } from 'node:timers/promises';
import type { Call, CallNotes } from '../../lib/declared-errors.ts';
import type { Caller } from '../../shared/caller.ts';
import { type Cell, csv } from '../../shared/csv.ts';
import type { Change } from '../app/contract.ts';
import { faultOf } from './chain.ts';
import type { AuditEntry, ExportInput, ListInput, Verification } from './contract.ts';
import { type Fields, idOf, type Noted, noted, textOf } from './noted.ts';
import type { AuditStore } from './store.ts';

export interface AuditDependencies {
  store: AuditStore;
  /** Hides known secrets in texts. */
  mask: (text: string) => string;
  changed: (change: Change) => void;
}

/** What is noted by another feature, about what no operation has asked for. */
export type AuditNote = Pick<AuditEntry, 'action' | 'outcome'> &
  Partial<Pick<AuditEntry, 'subject' | 'target' | 'review' | 'run' | 'detail'>>;

/** Entries that are checked before others get their turn. */
const PIECE = 500;

/** Who has done what: written before the caller hears that it is done. */
export class AuditService implements CallNotes {
  readonly #deps: AuditDependencies;

  constructor(deps: AuditDependencies) {
    this.#deps = deps;
  }

  /** Called before an operation is done. */
  begun(call: Call): void {
    const about = this.#about(call);
    if (about?.begins) this.#append(call, about, { outcome: 'begun' });
  }

  /** Called when it was done, before its output is passed on. */
  done(call: Call, output: unknown): void {
    const about = this.#about(call);
    if (!about) return;
    const made = fieldsOf(output);
    const { review, run } = about.made ?? {};
    this.#append(call, about, {
      outcome: 'done',
      ...(review ? { review: idOf(made[review]) } : {}),
      ...(run ? { run: idOf(made[run]) } : {}),
    });
  }

  /** Called when it was refused or failed; an input that doesn't fit asks for nothing yet. */
  failed(call: Call, code: string): void {
    const about = this.#about(call);
    if (about && code !== 'BAD_INPUT') this.#append(call, about, { outcome: code });
  }

  note(note: AuditNote, caller: Caller): void {
    const { subject = null, target = null, review = null, run = null, detail = null } = note;
    const { action, outcome } = note;
    const mask = (text: string | null) => (text === null ? null : this.#deps.mask(text));
    this.#deps.store.append({
      ...{ at: Date.now(), door: caller.door, user: caller.user, token: caller.token },
      ...{ action, subject: mask(subject), target: mask(target) },
      ...{ review, run, outcome, detail: mask(detail) },
    });
    this.#deps.changed({ topic: 'audit' });
  }

  list(asked: ListInput): AuditEntry[] {
    return this.#deps.store.list(asked);
  }

  async verify(known?: { id: number; hash: string }): Promise<Verification> {
    const { store } = this.#deps;
    const end = store.lastWritten();
    let before: AuditEntry | null = null;
    const entries = () => before?.id ?? 0;
    const broken = (id: number, why: string): Verification => ({
      ...{ entries: entries(), head: headOf(before) },
      broken: { id, why },
    });
    for (;;) {
      const piece: AuditEntry[] = store.after(entries(), PIECE);
      for (const entry of piece) {
        const fault = faultOf(entry, before);
        if (fault) return broken(entry.id, fault);
        if (known?.id === entry.id && known.hash !== entry.hash) {
          return broken(entry.id, 'it is another one than was seen before');
        }
        before = entry;
      }
      if (piece.length < PIECE) break;
      await setImmediate();
    }
    const last = Math.max(end, known?.id ?? 0);
    if (entries() < last) return broken(entries() + 1, `it is missing, with all up to ${last}`);
    return { entries: entries(), head: headOf(before), broken: null };
  }

  export({ format, after, limit }: ExportInput) {
    const found = this.#deps.store.after(after, limit);
    const next = found.length === limit ? (found.at(-1)?.id ?? null) : null;
    if (format === 'json') {
      const text = found.map((entry) => `${JSON.stringify(entry)}\n`).join('');
      return { name: 'audit.jsonl', type: 'application/jsonl', text, next };
    }
    const rows: Cell[][] = found.map((entry) =>
      columns.map((name) => (name === 'at' ? new Date(entry.at).toISOString() : entry[name])),
    );
    const text = csv(after === 0 ? [[...columns], ...rows] : rows);
    return { name: 'audit.csv', type: 'text/csv', text, next };
  }

  #about({ procedure, input }: Call): Noted | undefined {
    const about = noted[procedure];
    return about?.when && !about.when(fieldsOf(input)) ? undefined : about;
  }

  #append(
    { procedure, input, caller }: Call,
    { subject, target, review, detail }: Noted,
    more: Pick<AuditEntry, 'outcome'> & Partial<Pick<AuditEntry, 'review' | 'run'>>,
  ): void {
    const fields = fieldsOf(input);
    const named = (name: string | undefined) => (name ? textOf(fields[name]) : null);
    this.note(
      {
        action: procedure,
        ...{ subject: named(subject), target: named(target) },
        review: review ? idOf(fields[review]) : null,
        detail: detail?.(fields) ?? null,
        ...more,
      },
      caller,
    );
  }
}

const columns = [
  ...(['id', 'at', 'door', 'user', 'token', 'action', 'subject', 'target', 'review'] as const),
  ...(['run', 'outcome', 'detail', 'previous', 'hash'] as const),
];

const headOf = (entry: AuditEntry | null): Verification['head'] =>
  entry && { id: entry.id, hash: entry.hash };

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};
