import { useLocation } from 'wouter';
import type { Place } from '../../core/feature/feature.ts';
import { useFeatures } from '../../core/feature/features-context.ts';
import type { KeyCommand } from '../../core/keys/key-command.ts';
import { goKey } from '../../core/keys/keys.ts';
import { useKey } from '../../core/keys/use-key.ts';

/** G and a letter lead to each page that has one. */
export function GoKeys() {
  return useFeatures()
    .flatMap((feature) => feature.places ?? [])
    .map((place) => {
      const key = goKey(place.title, place.path);
      return key && <GoKey key={key.id} place={place} command={key} />;
    });
}

function GoKey({ place, command }: { place: Place; command: KeyCommand }) {
  const [, navigate] = useLocation();
  const path = place.usePath?.() ?? place.path;
  useKey(command, () => navigate(path));
  return null;
}
