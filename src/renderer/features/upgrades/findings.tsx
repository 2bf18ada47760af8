import type { Finding } from '#main/features/upgrades/contract.ts';
import { Badge } from '../../ui/badge.tsx';
import { Section } from '../../ui/section.tsx';
import { StateDot, type Tone } from '../../ui/state-dot.tsx';

const levels: readonly { level: Finding['level']; title: string; tone: Tone }[] = [
  { level: 'error', title: 'Breaks what is there', tone: 'bad' },
  { level: 'warning', title: 'Has to be wanted', tone: 'warn' },
  { level: 'note', title: 'To be known', tone: 'idle' },
];

/** What an upgrade changes, the worst first. */
export function Findings({ all }: { all: readonly Finding[] }) {
  return levels.map(({ level, title, tone }) => {
    const found = all.filter((one) => one.level === level);
    return (
      found.length > 0 && (
        <Section key={level} title={title}>
          <ul aria-label={title} className="rounded-lg border border-line bg-panel">
            {found.map(({ topic, message, detail }) => (
              <li
                key={`${topic} ${message}`}
                className="flex flex-col gap-1.5 border-b border-line px-4 py-2.5 text-sm last:border-b-0"
              >
                <span className="flex items-baseline gap-2">
                  <StateDot tone={tone} />
                  <span data-selectable className="min-w-0 flex-1 break-words">
                    {message}
                  </span>
                  <Badge>{topic}</Badge>
                </span>
                {detail !== null && (
                  <pre
                    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the keyboard
                    tabIndex={0}
                    className="ml-4 max-h-80 overflow-auto rounded-md bg-sunken px-3 py-2 font-mono text-xs break-words whitespace-pre-wrap"
                  >
                    {detail.trim()}
                  </pre>
                )}
              </li>
            ))}
          </ul>
        </Section>
      )
    );
  });
}
