/** Words about the two sides of a conversation: who is here, who is writing, who wrote. */
import { t } from '../i18n/index.js';
import { h } from '../lib/h.js';

/**
 * The other one of a chat between two.
 * @param {State} state
 * @param {Conversation} conversation
 */
export const otherPerson = (state, conversation) =>
    conversation.kind === 'chat' ? state.people.find((p) => p.id === conversation.members[0]?.id) : undefined;

/** @param {Conversation} conversation */
export const placeholder = ({ kind, title, members }) =>
    kind === 'sms' ? t('composer.sms') : t('composer.chat', { name: members.length > 1 ? title : title.split(' ')[0] });

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

/**
 * "Ben is writing…" or nothing.
 * @param {State} state
 * @param {Conversation} conversation
 */
export function typingWords(state, conversation) {
    const ids = [...(state.typing.get(conversation.id) ?? [])];
    const names = ids.map((id) => conversation.members.find((m) => m.id === id)?.name.split(' ')[0]).filter(Boolean);
    return names.length > 0 ? t('log.typing', { name: names.join(', ') }) : '';
}

/**
 * Who wrote a message, as its bubble says; by name in a group, and where a colleague answered for us.
 * @param {State} state
 * @param {Conversation} conversation
 * @param {MessageRow} row
 */
export function writer({ session, people, reads }, conversation, { message, isMine, isFirst, via }) {
    const me = session?.user.id;
    const isMe = message.authorId === me;
    const colleague = [...conversation.members, ...people].find((p) => p.id === message.authorId)?.name;
    const author = isMe ? t('log.you') : (colleague ?? conversation.title);
    const isGroup = conversation.kind === 'chat' && conversation.members.length > 1;
    const byName = isFirst && Boolean(colleague) && !isMe && (isGroup || (isMine && conversation.kind === 'sms'));
    const readByOthers = [...(reads.get(conversation.id) ?? [])].filter(([id]) => id !== me);
    const { sequence } = message;
    const isRead = isMine && sequence !== undefined && readByOthers.some(([, upTo]) => upTo >= sequence);
    const number = session?.numbers?.find((n) => n.number === via);
    return { author, byName, isRead, via: number ? number.label || number.formatted : (via ?? '') };
}
