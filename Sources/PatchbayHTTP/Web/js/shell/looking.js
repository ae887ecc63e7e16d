import { deepFocus } from './stage.js';

/** Which conversation is under the reader's eyes: its box has the focus, or its page is open. */
export function lookedAt() {
    for (let el = deepFocus(); el; el = el.getRootNode().host) {
        const box = el.closest('pbx-chat-box:not([minimised])');
        if (box) return box.conversationId;
    }
    return location.pathname.match(/^\/messages\/([^/]+)/)?.[1] ?? null;
}
