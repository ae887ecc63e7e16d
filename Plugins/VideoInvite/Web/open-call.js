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
    const isIdle = call.location.href === 'about:blank' || call.document.querySelector('.over') !== null;
    if (isIdle) call.location.replace(`/plugins/video/call.html?${query}`);
    call.focus();
}
