/** Administration, in English. */
export const admin = {};
