import { z } from 'zod';

/** A setting that a kind of project brings along: a text, empty unless the user has set it. */
export const settingSpec = z.object({
  key: z.string(),
  label: z.string(),
  group: z.string().describe('title of the settings that it stands with; Docker for images'),
  type: z
    .enum(['folder', 'image'])
    .describe('folder: absolute, and must exist; image: the reference of an image'),
  placeholder: z.string().describe('what holds while it is empty'),
  hint: z.string(),
  remedy: z.string().describe('what to give, when a value can not be taken; a sentence'),
});
export type SettingSpec = z.infer<typeof settingSpec>;
