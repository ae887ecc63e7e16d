/** Administration, in French. */
export const admin = {};
