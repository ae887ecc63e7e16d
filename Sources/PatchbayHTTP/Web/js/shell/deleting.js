/** Deleting is one click and can be taken back for some seconds; nobody is asked whether they are sure. */
import { t } from '../i18n/index.js';
import { titleText } from '../lib/parts.js';
import { toast } from './toast.js';

/**
 * For the reader only: the others keep theirs.
 * @param {import('./app.js').App} app
 * @param {Conversation} conversation
 */
export function deleteConversation(app, conversation) {
    return app.try(async () => {
        await app.actions.deleteConversation(conversation.id);
        const run = () => app.try(() => app.history.restoreConversation(conversation.id));
        toast(t('messages.deleted', { name: titleText(conversation) }), { label: t('undo'), run });
    });
}
