import { useQuery } from '@tanstack/react-query';
import { BookOpen } from 'lucide-react';
import { useContext } from 'react';
import { openDocs } from '../core/problems/open-docs.ts';
import { CommandGroup, CommandItem } from '../ui/command-item.tsx';
import { CommandText } from '../ui/command-list.ts';

interface Heading {
  title: string;
  /** The title of its page. */
  page: string;
  /** The file and the anchor, below /docs. */
  address: string;
}

const MOST = 8;
/** What is shorter finds too much to be of use. */
const SHORTEST = 3;

function found(headings: readonly Heading[], text: string): Heading[] {
  const words = text.toLowerCase().split(/[\s_]+/);
  const has = ({ title }: Heading) => words.every((word) => title.toLowerCase().includes(word));
  return headings.filter(has).slice(0, MOST);
}

/** Headings of the documentation; their list is loaded once something is typed. */
export function HelpCommands() {
  const text = useContext(CommandText).trim();
  const { data = [] } = useQuery({
    queryKey: ['docs', 'headings'],
    queryFn: async (): Promise<Heading[]> => (await fetch('/docs/headings.json')).json(),
    enabled: text.length >= SHORTEST,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (text.length < SHORTEST) return null;
  return (
    <CommandGroup title="Help">
      {found(data, text).map(({ title, page, address }) => (
        <CommandItem
          key={address}
          id={address}
          title={`Read about ${title}`}
          // A code is found by its words, too.
          keywords={title.split('_')}
          detail={page}
          icon={<BookOpen size={15} />}
          onSelect={() => openDocs(`/docs/${address}`)}
        />
      ))}
    </CommandGroup>
  );
}
