import { FileCheck2 } from 'lucide-react';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { reviewsPath, routes } from '../../core/paths.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';

const ReviewsPage = lazyPart(async () => (await import('./reviews-page.tsx')).ReviewsPage);
const ReviewPage = lazyPart(async () => (await import('./review-page.tsx')).ReviewPage);

const all = () => [api.reviews.key()];

export const reviews: Feature = {
  name: 'reviews',
  pages: [
    { path: reviewsPath, Page: ReviewsPage },
    {
      path: routes.review,
      Page: ({ params: { id = '' } }) => <ReviewPage key={id} id={Number(id)} />,
    },
  ],
  places: [
    {
      title: 'Reviews',
      path: reviewsPath,
      pages: /^\/reviews\b/,
      Icon: FileCheck2,
      keywords: ['live', 'mainnet', 'approve', 'rehearsal'],
      sidebar: 'runtime',
    },
  ],
  touches: { reviews: all, deployments: all },
};
