import { X } from 'lucide-react';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { Section } from '../../ui/section.tsx';
import { closeBuild, useImageBuild } from './build-state.ts';

const LogTerminal = lazyPart(
  async () => (await import('../../ui/terminal/log-terminal.tsx')).LogTerminal,
);

const words = {
  running: { word: 'building', tone: 'active' },
  done: { word: 'built', tone: 'ok' },
  failed: { word: 'failed', tone: 'bad' },
} as const;

/** The output of the last build, line by line. */
export function BuildLog() {
  const build = useImageBuild((state) => state.build);
  if (!build) return null;
  const { word, tone } = words[build.state];
  return (
    <Section
      title={build.title}
      aside={
        <>
          <Badge tone={tone}>{word}</Badge>
          {build.state !== 'running' && (
            <IconButton label="Close this log" icon={<X size={15} />} onClick={closeBuild} />
          )}
        </>
      }
    >
      <div className="flex h-64 flex-col overflow-hidden rounded-lg border border-line">
        <LogTerminal buffer={build.log} label={build.title} />
      </div>
    </Section>
  );
}
