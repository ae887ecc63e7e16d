/** The video session's window: one for each conversation, so that a second click brings the first one to the front. */

/** @param {{conversation?: string, session?: string}} what */
export function openCall(what) {
    const query = new URLSearchParams(/** @type {Record<string, string>} */ (what));
    const name = `video-${what.conversation ?? what.session}`;
    open(`/plugins/video/call.html?${query}`, name, 'popup,width=1000,height=680')?.focus();
}
