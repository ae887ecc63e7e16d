/** One conversation on a page of its own: /messages/{id}, or /messages/{id}/{sequence} at one of its messages. */
import '../components/conversation-view.js';
import { h } from '../lib/h.js';
import { titleText } from '../lib/parts.js';

/**
 * @param {import('../shell/app.js').App} app
 * @param {string} id
 * @param {number | null} sequence
 * @returns {import('../main.js').Page}
 */
export function conversationPage(app, id, sequence) {
    const el = h('pbx-conversation', { '.app': app, '.conversationId': id, '.sequence': sequence });
    return {
        // A contact may get another name while the page is open.
        get title() {
            return name(app.store.state, id);
        },
        el,
        end: () => {},
    };
}

/** @param {State} state @param {string} id */
function name(state, id) {
    const conversation = state.conversations.get(id);
    return conversation ? titleText(conversation) : '';
}
