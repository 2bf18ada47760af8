export const imagesPath = '/images';
