import type { WalletSetup } from '#main/features/gateway/contract.ts';
import { Section } from '../../../ui/section.tsx';

/** What each wallet needs when its chain went back. */
export function AfterRevert({ after }: { after: WalletSetup['afterRevert'] }) {
  return (
    <Section title="After a revert">
      <p className="text-sm text-ink-soft">{after.note}</p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
        {after.wallets.map(({ wallet, steps }) => (
          <div key={wallet} className="contents">
            <dt className="text-ink-dim">{wallet}</dt>
            <dd>{steps}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
