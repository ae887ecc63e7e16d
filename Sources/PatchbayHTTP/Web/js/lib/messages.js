/** What happens to the messages of a conversation: pure, like state.js. */
import { conversationLoaded, typingChanged } from './state.js';

/** How far a message has come. A slower answer may not turn it back. */
const RANK = { sending: 0, waiting: 0, pending: 1, accepted: 2, sent: 3, delivered: 4, failed: 4, received: 4 };

/**
 * Whether the reader's own side wrote it: in an SMS everything that goes out, in a chat only their own.
 * @param {Conversation} conversation
 * @param {Message} message
 * @param {string} userId
 */
export const isOurs = (conversation, message, userId) =>
    conversation.kind === 'sms' ? message.direction === 'out' : message.authorId === userId;

/** @param {Message} a @param {Message} b */
const inOrder = (a, b) =>
    (a.sequence ?? Infinity) === (b.sequence ?? Infinity)
        ? a.createdAt.localeCompare(b.createdAt)
        : (a.sequence ?? Infinity) - (b.sequence ?? Infinity);

/**
 * Puts messages among those that are there; the same one (by id or by client id) is there once and keeps its key.
 * @param {Message[]} items
 * @param {Message[]} incoming
 * @param {boolean} [isNews] an event tells what is; an answer may be older than an event that came before it
 * @returns {Message[]}
 */
export function merged(items, incoming, isNews = false) {
    const out = [...items];
    const places = new Map();
    items.forEach((m, i) => {
        places.set(m.id, i);
        if (m.clientId) places.set(`client:${m.clientId}`, i);
    });
    for (const message of incoming) {
        const place = places.get(message.id) ?? (message.clientId && places.get(`client:${message.clientId}`));
        if (place === undefined || place === null) {
            places.set(message.id, out.push({ ...message, key: message.clientId ?? message.id }) - 1);
            continue;
        }
        const old = out[place];
        const isBehind = !isNews && RANK[message.state] < RANK[old.state];
        const standing = isBehind ? { state: old.state, reason: old.reason } : {};
        out[place] = { ...message, clientId: message.clientId ?? old.clientId, key: old.key, ...standing };
    }
    out.sort(inOrder);
    return out;
}

/** @param {State} state @param {string} id @param {Partial<MessageThread>} fields @returns {State} */
const withThread = (state, id, fields) => {
    const old = state.threads.get(id) ?? { items: [], hasOlder: false, newFrom: null };
    return { ...state, threads: new Map(state.threads).set(id, { ...old, ...fields }) };
};

/**
 * The newest page. If it does not touch what is there, much was missed: what is there makes room.
 * @param {State} state
 * @param {string} id
 * @param {{items: Message[], hasOlder: boolean}} page
 * @returns {State}
 */
export function newestLoaded(state, id, page) {
    const thread = state.threads.get(id);
    const old = thread?.items ?? [];
    const known = new Set(old.map((m) => m.id));
    const touches = !page.hasOlder || page.items.some((m) => known.has(m.id));
    const base = touches ? old : old.filter((m) => m.sequence === undefined);
    const hasOlder = thread?.isLoaded && touches && known.size > 0 ? thread.hasOlder : page.hasOlder;
    const newFrom = thread?.isLoaded ? thread.newFrom : firstUnread(state, id, page.items);
    return withThread(state, id, { items: merged(base, page.items), hasOlder, newFrom, isLoaded: true });
}

/** @param {State} state @param {string} id @param {{items: Message[], hasOlder: boolean}} page @returns {State} */
export function olderLoaded(state, id, page) {
    const old = state.threads.get(id)?.items ?? [];
    return withThread(state, id, { items: merged(old, page.items), hasOlder: page.hasOlder });
}

/**
 * The line "New" is set when a box opens and stays until it opens again.
 * @param {State} state
 * @param {string} id
 */
export function boxLookedAt(state, id) {
    const thread = state.threads.get(id);
    return thread ? withThread(state, id, { newFrom: firstUnread(state, id, thread.items) }) : state;
}

/** @param {State} state @param {string} id @param {Message[]} items */
function firstUnread(state, id, items) {
    const conversation = state.conversations.get(id);
    if (!conversation || !state.session) return null;
    const me = state.session.user.id;
    const isNew = (/** @type {Message} */ m) =>
        (m.sequence ?? 0) > conversation.readUpTo && !isOurs(conversation, m, me);
    return items.find(isNew)?.sequence ?? null;
}

/**
 * The reader's own message, shown before the server has it.
 * @param {State} state
 * @param {Message} message
 */
export const messageWritten = (state, message) =>
    withThread(state, message.conversationId, {
        items: merged(state.threads.get(message.conversationId)?.items ?? [], [message]),
    });

/**
 * Changes one message where it is known.
 * @param {State} state
 * @param {string} id conversation
 * @param {string} key
 * @param {Partial<Message>} fields
 * @returns {State}
 */
export function messageMarked(state, id, key, fields) {
    const items = state.threads.get(id)?.items;
    if (!items) return state;
    return withThread(state, id, { items: items.map((m) => (m.key === key ? { ...m, ...fields } : m)) });
}

/** @param {State} state @param {string} id conversation @param {string} key @returns {State} */
export function messageRemoved(state, id, key) {
    const items = state.threads.get(id)?.items;
    return items ? withThread(state, id, { items: items.filter((m) => m.key !== key) }) : state;
}

/**
 * Whether a message is among those that are gone for everybody.
 * @param {Message | null} message
 * @param {[number, number][]} removed pairs of the first and last sequence
 */
export const isGone = (message, removed) =>
    removed.some(([first, last]) => first <= (message?.sequence ?? 0) && (message?.sequence ?? 0) <= last);

/**
 * The time for which they are kept is over.
 * @param {State} state
 * @param {string} id conversation
 * @param {[number, number][]} removed
 * @returns {State}
 */
export function messagesGone(state, id, removed) {
    const items = state.threads.get(id)?.items;
    return items ? withThread(state, id, { items: items.filter((m) => !isGone(m, removed)) }) : state;
}

/**
 * A message of the server's: by an event (`isNews`) or as the answer to a POST.
 * @param {State} state
 * @param {Message} message
 * @param {boolean} isNews
 * @returns {State}
 */
export function messageArrived(state, message, isNews) {
    const id = message.conversationId;
    const thread = state.threads.get(id);
    let next = thread ? withThread(state, id, { items: merged(thread.items, [message], isNews) }) : state;
    const conversation = next.conversations.get(id);
    if (!conversation || !next.session) return next;
    if (message.authorId) next = typingChanged(next, id, message.authorId, false);
    const sequence = message.sequence ?? 0;
    if (sequence < conversation.lastSequence) return next;
    const isFirst = sequence > conversation.lastSequence;
    const isForReader = isFirst && !isOurs(conversation, message, state.session?.user.id ?? '');
    return conversationLoaded(next, {
        ...conversation,
        lastSequence: sequence,
        lastMessage: message,
        lastAt: isFirst ? message.createdAt : conversation.lastAt,
        unread: conversation.unread + Number(isForReader && sequence > conversation.readUpTo),
    });
}
