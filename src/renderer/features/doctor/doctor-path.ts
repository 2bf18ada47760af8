export const doctorPath = '/doctor';
