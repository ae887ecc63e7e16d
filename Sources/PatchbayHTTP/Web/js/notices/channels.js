/** By which of the four ways a message calls for attention: pure, so that the rules stand in one place. */

/**
 * @param {object} facts
 * @param {Conversation} facts.conversation
 * @param {Preferences} facts.preferences
 * @param {import('../live/crew.js').Facts} facts.crew
 * @param {string} facts.permission what the browser says: "granted", "denied", "default"
 * @returns {{tone: boolean, title: boolean, notice: boolean, box: boolean}}
 */
export function channels({ conversation, preferences, crew, permission }) {
    const { tone, flashesTitle, showsNotices, turnsGreen } = preferences;
    // Somebody reads it as it comes, in this tab or another, or does not want to hear of it.
    if (conversation.isMuted || crew.looking.includes(conversation.id)) {
        return { tone: false, title: false, notice: false, box: false };
    }
    const isAway = !crew.isFocused;
    return {
        tone: crew.isSpeaker && (tone === 'always' || (tone === 'hidden' && isAway)),
        title: flashesTitle && isAway,
        notice: crew.isSpeaker && showsNotices && isAway && permission === 'granted',
        box: turnsGreen,
    };
}
