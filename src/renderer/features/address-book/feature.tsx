import { BookUser } from 'lucide-react';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { addressesPath } from '../../core/paths.ts';
import { laterPart, lazyPart } from '../../ui/lazy-part.tsx';

const AddressBookPage = lazyPart(
  async () => (await import('./address-book-page.tsx')).AddressBookPage,
);
const LabelDialog = laterPart(async () => (await import('./label-dialog.tsx')).LabelDialog);

const book = () => [api.addressBook.key()];

export const addressBook: Feature = {
  name: 'address-book',
  pages: [{ path: addressesPath, Page: () => <AddressBookPage /> }],
  places: [
    {
      title: 'Addresses',
      path: addressesPath,
      Icon: BookUser,
      keywords: ['labels', 'address book', 'names', 'accounts'],
      sidebar: 'inside',
    },
  ],
  slots: { overlays: [{ order: 60, Part: LabelDialog }] },
  touches: { addressBook: book, networks: book },
};
