/** The state of a data folder that can't be written. */
export const storageWord = {
  full: 'disk full',
  'read-only': 'disk read-only',
  gone: 'data folder gone',
};

/** The same in full, with what to do next. */
export const storageWords = {
  full: 'The disk that the data folder is on is full. Nothing can be recorded until there is room: free some, here or elsewhere. Drydock then continues by itself.',
  'read-only':
    'The disk that the data folder is on takes nothing: it is read-only. What was recorded can be looked at; make it writable to go on.',
  gone: 'The data folder was moved or deleted while Drydock has it open. Nothing more can be recorded, and what is recorded is not safe. Move it back, and Drydock goes on; if it is gone for good, end Drydock and start it again.',
};
