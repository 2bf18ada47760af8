import { BookOpen } from 'lucide-react';
import type { Place } from '../core/feature/feature.ts';
import { useFeatures } from '../core/feature/features-context.ts';
import { Slot } from '../core/feature/slot.tsx';
import { DocsLink } from '../core/problems/docs-link.tsx';
import { SidebarHeading, SidebarItem } from '../ui/sidebar-item.tsx';

function PlaceItem({ place: { title, path, usePath, pages, Icon, End } }: { place: Place }) {
  return (
    <SidebarItem
      href={usePath?.() ?? path}
      pages={pages}
      icon={<Icon size={15} />}
      end={End && <End />}
    >
      {title}
    </SidebarItem>
  );
}

export function Sidebar() {
  const places = useFeatures().flatMap((feature) => feature.places ?? []);
  const items = (block: Place['sidebar']) =>
    places
      .filter(({ sidebar }) => sidebar === block)
      .map((place) => <PlaceItem key={place.path} place={place} />);
  return (
    <nav
      aria-label="Main"
      className="flex w-[216px] shrink-0 flex-col border-r border-line bg-panel max-xl:w-[192px]"
    >
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto p-2">
        {items('head')}
        <Slot name="sidebar" />
        <SidebarHeading>Inside</SidebarHeading>
        {items('inside')}
        <SidebarHeading>Runtime</SidebarHeading>
        {items('runtime')}
      </div>
      <div className="flex shrink-0 flex-col border-t border-line p-2">
        {items('foot')}
        <DocsLink
          page="/docs/index.html"
          className="flex h-[31px] shrink-0 items-center gap-2.5 rounded-md px-2 text-sm text-ink-soft hover:bg-hover hover:text-ink"
        >
          <BookOpen size={15} aria-hidden="true" className="shrink-0 text-ink-dim" />
          Help
        </DocsLink>
      </div>
    </nav>
  );
}
