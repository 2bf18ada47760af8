import { useQuery } from '@tanstack/react-query';
import { api } from '../../core/client.ts';
import { useSettings } from '../../core/queries/use-settings.ts';
import { Button } from '../../ui/button.tsx';
import { bytes, plural } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import { useClearCache } from './use-clear-cache.ts';

const times: [number, string][] = [
  [0, 'off'],
  [600, '10 minutes'],
  [3600, '1 hour'],
  [28_800, '8 hours'],
  [86_400, '1 day'],
  [604_800, '1 week'],
];

/** The usual durations, and any other value that is set. */
function timeOptions(current: number) {
  const known = times.some(([seconds]) => seconds === current);
  const all: [number, string][] = known ? times : [...times, [current, `${current} s`]];
  return all.map(([seconds, text]) => ({ value: `${seconds}`, text, label: text }));
}

/** The stored compiles, and how long they are kept. */
export function CompileCache() {
  const status = useQuery(api.compileCache.status.queryOptions()).data;
  const { settings, change } = useSettings();
  const { clearing, clear } = useClearCache();
  if (!status || !settings) return null;
  const ttl = settings.compileCacheTtl;
  return (
    <Section
      title="Compile cache"
      aside={
        <Button size="sm" busy={clearing} onClick={() => void clear()}>
          Clear
        </Button>
      }
    >
      <div className="flex flex-wrap items-center justify-between gap-4 rounded-lg border border-line bg-panel px-4 py-3 text-sm">
        <p className="min-w-0 flex-1 basis-64 text-ink-dim">
          {status.entries === 0
            ? 'What a deploy compiles is kept here: the same sources again, after a clean, on another branch or, without Docker, in another clone, compile nothing.'
            : `${plural(status.entries, 'compile')}, ${bytes(status.bytes)} of at most ${bytes(status.maxBytes)}.`}
        </p>
        <Select
          label="Kept after the last use"
          prefix="kept"
          value={`${ttl}`}
          options={timeOptions(ttl)}
          onChange={(seconds) => void change({ compileCacheTtl: Number(seconds) })}
        />
      </div>
    </Section>
  );
}
