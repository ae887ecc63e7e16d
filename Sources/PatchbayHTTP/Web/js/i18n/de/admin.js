/** Administration, in German. */
export const admin = {};
