import type { ReadNetwork } from '../../eth/network-reader.ts';
import { asSentence } from '../../shared/as-sentence.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Failure } from '../../shared/run.ts';

/** A transaction that is not sent yet. */
export interface PlannedCall {
  /** null: it is a creation. */
  to: string | null;
  /** Hex. */
  input: string;
  /** null: not known, so that it is not tried. */
  from: string | null;
  /** Wei, hex. */
  value: string;
  /** What it creates, as far as that is known before. */
  creates: readonly { address: string; initCode: string }[];
}

/** What a check of an upgrade has found. */
export interface CheckedUpgrade {
  proxy: { address: string; kind: string };
  from: { name: string | null; address: string | null };
  to: { name: string | null; address: string | null };
  verdict: 'safe' | 'unsafe' | 'unproven';
  findings: readonly {
    level: 'error' | 'warning' | 'note';
    topic: string;
    message: string;
    detail: string | null;
  }[];
}

export interface UpgradesToCheck {
  network: ReadNetwork;
  /** Its builds hold the new code; null: those of any project. */
  project: { id: number; name: string } | null;
  /** With whose record the checks are kept; null: they are not kept. */
  deployment: number | null;
  /** An unsafe one is sent all the same. */
  allowed: boolean;
  /** In the order in which they are to be sent. */
  planned: readonly PlannedCall[];
}

/** Checks every upgrade of a proxy that stands on the network already. Sends nothing. */
export type CheckUpgrades = (asked: UpgradesToCheck) => Promise<CheckedUpgrade[]>;

export interface UpgradesReview {
  /** They must not be sent. */
  refused: Failure | null;
  warnings: string[];
  /** Lines for the log. */
  notes: string[];
}

/** How what was refused is sent all the same. */
export interface Consent {
  /** What is done with the option: "deploy". */
  verb: string;
  fix: Failure['fix'];
}

/**
 * What is found of upgrades before they are sent. Without consent, none is sent whose check can't be
 * made.
 */
export async function reviewUpgrades(
  check: CheckUpgrades,
  asked: UpgradesToCheck,
  consent: Consent,
): Promise<UpgradesReview> {
  const { allowed } = asked;
  try {
    const checked = await check(asked);
    const unsafe = checked.filter(({ verdict }) => verdict === 'unsafe');
    return {
      refused: allowed ? null : unsafeUpgrade(unsafe, consent),
      warnings: checked.flatMap((one) => warningsOf(one, allowed)),
      notes: checked.flatMap(linesOf),
    };
  } catch (error) {
    const why = `Whether it upgrades a proxy safely could not be checked: ${asSentence(messageOf(error))}`;
    return {
      refused: allowed ? null : uncheckedUpgrade(why, consent),
      warnings: allowed ? [why] : [],
      notes: [],
    };
  }
}

const wordsOf = ({ proxy, from, to }: CheckedUpgrade): string =>
  `${from.name ?? from.address ?? 'what is'} behind ${proxy.address} to ${to.name ?? to.address ?? 'new code'}`;

/** What a check has found, for the log. */
function linesOf(checked: CheckedUpgrade): string[] {
  const verdict = {
    safe: 'safe: nothing that is there breaks',
    unsafe: 'unsafe',
    unproven: 'unproven: nothing speaks against it, but not everything could be compared',
  }[checked.verdict];
  return [
    `Upgrade of ${wordsOf(checked)} is ${verdict}.`,
    ...checked.findings.flatMap(({ level, topic, message, detail }) => [
      `  ${level} (${topic}): ${message}`,
      ...(detail?.split('\n').map((line) => `    ${line}`) ?? []),
    ]),
  ];
}

/** What has to be known of upgrades that are sent. */
const warningsOf = (checked: CheckedUpgrade, allowed: boolean): string[] => {
  if (checked.verdict === 'safe') {
    const wanted = checked.findings.filter(({ level }) => level === 'warning');
    const all = wanted.map(({ message }) => message).join(' ');
    return all === '' ? [] : [`The upgrade of ${wordsOf(checked)} has to be wanted: ${all}`];
  }
  if (checked.verdict === 'unproven') {
    return [
      `Not everything of the upgrade of ${wordsOf(checked)} could be compared: read what the log says of it.`,
    ];
  }
  return allowed
    ? [`The unsafe upgrade of ${wordsOf(checked)} was allowed. ${firstError(checked)}`]
    : [];
};

const firstError = ({ findings }: CheckedUpgrade): string =>
  findings.find(({ level }) => level === 'error')?.message ?? '';

const OPTION = '--allow-unsafe-upgrade';

function unsafeUpgrade(unsafe: readonly CheckedUpgrade[], { verb, fix }: Consent): Failure | null {
  const [first, ...others] = unsafe;
  if (!first) return null;
  const more =
    others.length === 0 ? '' : ` So ${others.length === 1 ? 'is' : 'are'} ${others.length} more.`;
  return {
    code: 'UNSAFE_UPGRADE',
    message: `The upgrade of ${wordsOf(first)} is unsafe, and was not sent. ${firstError(first)}${more} Mend the new contract, then ${verb} again; if it is meant to be so, ${verb} with ${OPTION}.`,
    fix,
  };
}

const uncheckedUpgrade = (why: string, { verb, fix }: Consent): Failure => ({
  code: 'UPGRADE_NOT_CHECKED',
  message: `${why} The upgrade was not sent. Try to ${verb} again; if it is meant to be sent unchecked, ${verb} with ${OPTION}.`,
  fix,
});

/** The run again, with consent. */
export const retryWithConsent = (deployment: number): Consent => ({
  verb: 'deploy',
  fix: {
    label: 'Upgrade all the same',
    command: `drydock deployment retry ${deployment} ${OPTION}`,
    call: {
      procedure: 'deployments.retry',
      input: { id: deployment, changes: { input: { allowUnsafeUpgrade: true } } },
    },
  },
});
