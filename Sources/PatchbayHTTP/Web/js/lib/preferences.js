/** What a user has chosen. The session brings it; a server without some of them leaves the defaults. */

/** @type {Preferences} */
export const DEFAULTS = {
    tone: 'always',
    flashesTitle: true,
    showsNotices: true,
    hidesText: false,
    turnsGreen: true,
    undoSendSeconds: 0,
    away: { isOn: false, text: '' },
    letterKeys: true,
    language: 'auto',
    density: 'comfortable',
};

/**
 * @param {{session: Session | null}} state
 * @returns {Preferences}
 */
export const preferencesOf = ({ session }) => ({ ...DEFAULTS, ...session?.preferences });
