/** Administration, in Spanish. */
export const admin = {};
