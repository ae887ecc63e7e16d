/** Whether there is anything for somebody in the administration: the server's own word, by their permissions. */

/** @param {Session} session */
export const administers = ({ permissions }) =>
    permissions.includes('domain.admin') || permissions.includes('system.admin');
