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
 * "Ben is writing…" or nothing. At a shared number it is a colleague who writes to the customer.
 * @param {State} state
 * @param {Conversation} conversation
 */
export function typingWords(state, conversation) {
    const ids = [...(state.typing.get(conversation.id) ?? [])];
    const { kind, members } = conversation;
    const known = kind === 'sms' ? state.people : members;
    const names = ids.map((id) => known.find((one) => one.id === id)?.name.split(' ')[0]).filter(Boolean);
    return names.length > 0 ? t(kind === 'sms' ? 'log.replying' : 'log.typing', { name: names.join(', ') }) : '';
}

/**
 * Who wrote each message of a conversation, as its bubble says; by name in a group, and where a colleague answered for
 * us. The same function as long as it says the same.
 * @returns {(state: State, conversation: Conversation) => import('../lib/bubble.js').WhoOf}
 */
export function writers() {
    /** @type {any[]} */
    let of = [];
    /** @type {import('../lib/bubble.js').WhoOf} */
    let who;
    return ({ session, people, reads }, conversation) => {
        /** @type {Parameters<typeof writerOf>} */
        const now = [session, people, reads.get(conversation.id), conversation];
        if (now.some((one, i) => one !== of[i])) who = writerOf(...now);
        of = now;
        return who;
    };
}

/**
 * @param {Session | null} session
 * @param {Person[]} people
 * @param {Map<string, number> | undefined} reads how far each has read
 * @param {Conversation} conversation
 * @returns {import('../lib/bubble.js').WhoOf}
 */
function writerOf(session, people, reads, { kind, members, title }) {
    const me = session?.user.id;
    const names = new Map([...people, ...members].map((one) => [one.id, one.name]));
    const isGroup = kind === 'chat' && members.length > 1;
    const readUpTo = Math.max(0, ...[...(reads ?? [])].filter(([id]) => id !== me).map(([, upTo]) => upTo));
    return ({ message, isMine, isFirst, via }) => {
        const isMe = message.authorId === me;
        // An id without a person: somebody has left. Before the people are loaded nobody is known.
        const left = message.authorId && people.length > 0 ? t('log.left') : undefined;
        const colleague = names.get(message.authorId ?? '') ?? left;
        const number = session?.numbers?.find((n) => n.number === via);
        return {
            author: isMe ? t('log.you') : (colleague ?? title),
            byName: isFirst && Boolean(colleague) && !isMe && (isGroup || (isMine && kind === 'sms')),
            isRead: isMine && message.sequence !== undefined && readUpTo >= message.sequence,
            via: number ? number.label || number.formatted : (via ?? ''),
        };
    };
}
