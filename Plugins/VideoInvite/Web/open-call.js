/** The video session's window: one for each conversation, so that a second click brings the first one to the front. */

/**
 * @param {string} conversation
 * @param {string} [session] the one to join; else the conversation's, or a new one
 */
export function openCall(conversation, session) {
    const query = new URLSearchParams(session ? { session } : { conversation });
    // By its name alone a window that is there is found, and stays as it is.
    const call = open('', `video-${conversation}`, 'popup,width=1000,height=680');
    if (!call) return;
    if (isIdle(call)) call.location.replace(new URL(`call.html?${query}`, import.meta.url));
    call.focus();
}

/** @param {Window} call */
function isIdle(call) {
    try {
        return call.location.href === 'about:blank' || call.document.querySelector('.over') !== null;
    } catch {
        // Opened from another portal's page: what goes on in it can't be seen.
        return false;
    }
}
