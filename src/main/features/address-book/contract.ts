import { z } from 'zod';
import { address } from '../../shared/address.ts';
import { errors, procedure } from '../../shared/procedure.ts';

/** What marks an address besides its label: a dot, never a text or a surface. */
export const labelColor = z.enum([
  ...(['red', 'orange', 'yellow', 'green'] as const),
  ...(['teal', 'blue', 'purple', 'pink'] as const),
]);
export type LabelColor = z.infer<typeof labelColor>;

/** Control characters, and those that can't be seen or turn the direction of a text around. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/u;
const LIKE_A_NUMBER = /^[#+]?\d[\d.,_ ]*([a-z]{0,2}wei|eth(er)?)?$/i;

/** A label never reads as an address, as the index of an account or an amount, or as an option. */
export const labelText = z
  .string()
  .trim()
  .min(1, 'give a label')
  .max(60, 'give a label of at most 60 characters')
  .refine((text) => !UNSEEN.test(text), 'give a label without control or invisible characters')
  .refine((text) => !/^0x/i.test(text), 'give a label that does not begin as an address does')
  .refine((text) => !LIKE_A_NUMBER.test(text), 'give a label that is no number')
  .refine((text) => !text.startsWith('-'), 'give a label that does not begin with a dash');

export const labelledAddress = z.object({
  address: z.string().describe('with its checksum'),
  network: z.string().nullable().describe('null: on all networks'),
  label: z.string(),
  color: labelColor.nullable(),
  changedAt: z.int().describe('Unix time, ms'),
});
export type LabelledAddress = z.infer<typeof labelledAddress>;

const network = z.string().min(1).max(200);

const ref = z.object({
  address,
  network: network.nullable().default(null).describe('null: on all networks'),
});
export type LabelRef = z.infer<typeof ref>;

export const setLabelInput = ref.extend({
  label: labelText
    .optional()
    .describe('unique in any case among those of its networks; absent: as it is'),
  color: labelColor.nullable().optional().describe('absent: as it is'),
});
export type SetLabelInput = z.infer<typeof setLabelInput>;

/** What the user calls addresses, on one network or on all. The label of the one network wins. */
export const addressBook = {
  list: procedure
    .errors(errors('NETWORK_NOT_FOUND'))
    .route({ method: 'GET', path: '/address-book', summary: 'Labelled addresses, by label' })
    .input(
      z.object({
        network: network.optional().describe('those that hold there; default: all'),
        address: address.optional(),
      }),
    )
    .output(z.array(labelledAddress)),
  set: procedure
    .errors(errors('NETWORK_NOT_FOUND', 'NAME_TAKEN'))
    .route({
      method: 'PUT',
      path: '/address-book/{address}',
      summary: 'Label an address, or change its label or colour',
    })
    .input(setLabelInput)
    .output(labelledAddress),
  remove: procedure
    .errors(errors('LABEL_NOT_FOUND'))
    .route({ method: 'DELETE', path: '/address-book/{address}', summary: 'Take its label off' })
    .input(ref)
    .output(labelledAddress),
};
