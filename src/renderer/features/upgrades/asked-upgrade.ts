import { type CheckUpgradeInput, checkUpgradeInput } from '#main/features/upgrades/contract.ts';

/** What of a check stands in the address of its page. */
export type AskedUpgrade = Pick<CheckUpgradeInput, 'to' | 'arguments' | 'replay'>;

const asked = checkUpgradeInput.pick({ to: true, arguments: true, replay: true });

/** null: nothing was asked yet, or nothing that can be. */
export function askedUpgrade(of: URLSearchParams): AskedUpgrade | null {
  const replay = of.get('replay');
  const read = asked.safeParse({
    ...{ to: of.get('to'), arguments: of.getAll('arg') },
    replay: replay === null ? undefined : Number(replay),
  });
  return read.success ? read.data : null;
}

export function searchOf({ to, arguments: texts, replay }: AskedUpgrade): URLSearchParams {
  const given = texts.map((text) => ['arg', text]);
  return new URLSearchParams([['to', to], ...given, ['replay', String(replay)]]);
}
