/** Which conversation is under the reader's eyes: its box has the focus, or its page is open. */
export function lookedAt() {
    const box = /** @type {any} */ (document.activeElement?.closest('pbx-chat-box:not([minimised])'));
    return box?.conversationId ?? location.pathname.match(/^\/messages\/([^/]+)/)?.[1] ?? null;
}
