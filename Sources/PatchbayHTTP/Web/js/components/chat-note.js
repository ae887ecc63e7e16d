/** Words about the other side of a chat: who is here, who is writing. */
import { t } from '../i18n/index.js';
import { h } from '../lib/h.js';

/**
 * The line in the composer that says whether the other one is here.
 * @param {Conversation} conversation
 * @param {Person | undefined} person
 */
export function presenceNote(conversation, person) {
    if (conversation.kind !== 'chat') return { note: [], noteKey: '' };
    if (conversation.members.length > 1) {
        const names = conversation.members.map((m) => m.name.split(' ')[0]).join(', ');
        return { note: [h('span', {}, names)], noteKey: names };
    }
    const isOnline = person?.presence === 'online';
    const name = conversation.title.split(' ')[0];
    const words = t(isOnline ? 'composer.online' : 'composer.offline', { name });
    const note = [h('span', { class: `dot${isOnline ? '' : ' off'}`, 'aria-hidden': 'true' }), h('span', {}, words)];
    return { note, noteKey: words };
}

/** "Ben is writing…" or nothing. @param {State} state @param {Conversation} conversation */
export function typingWords(state, conversation) {
    const ids = [...(state.typing.get(conversation.id) ?? [])];
    const names = ids.map((id) => conversation.members.find((m) => m.id === id)?.name.split(' ')[0]).filter(Boolean);
    return names.length > 0 ? t('log.typing', { name: names.join(', ') }) : '';
}
