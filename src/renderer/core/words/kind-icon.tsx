import { Box, Container, Globe, Hammer, Layers } from 'lucide-react';
import { useKind } from '../queries/use-kinds.ts';

const icons = { hammer: Hammer, container: Container, layers: Layers, globe: Globe };

/** The icon of a kind of projects. */
export function KindIcon({ kind, size = 15 }: { kind: string; size?: number }) {
  const name = useKind(kind)?.icon;
  const Icon = icons[name as keyof typeof icons] ?? Box;
  return <Icon aria-hidden="true" size={size} />;
}
