/** What happens to the state: pure functions from a state and a fact to the next state. Messages are in messages.js. */
import { t } from '../i18n/index.js';

/** @returns {State} */
export const initialState = () => ({
    phase: 'starting',
    link: 'connecting',
    session: null,
    conversations: new Map(),
    deletions: new Map(),
    threads: new Map(),
    people: [],
    contacts: [],
    typing: new Map(),
    reads: new Map(),
    boxes: [],
    shown: null,
    scheduled: new Map(),
    templates: null,
    calls: new Map(),
});

/** @template K, V @param {Map<K, V>} map @param {K} key @param {V} value @returns {Map<K, V>} */
const having = (map, key, value) => new Map(map).set(key, value);

/** @template K, V @param {Map<K, V>} map @param {K} key @returns {Map<K, V>} */
function lacking(map, key) {
    const copy = new Map(map);
    copy.delete(key);
    return copy;
}

/**
 * What is there is theirs already, unless somebody else has been here.
 * @param {State} state
 * @param {Session} session
 * @returns {State}
 */
export const signedIn = (state, session) => ({
    ...(state.phase === 'out' ? initialState() : state),
    phase: 'in',
    session,
});

/**
 * Nothing of the former user stays.
 * @param {State} _state
 * @returns {State}
 */
export const signedOut = (_state) => ({ ...initialState(), phase: 'out' });

/** @param {State} state @param {Partial<Preferences>} fields @returns {State} */
export const preferencesChanged = (state, fields) =>
    state.session
        ? { ...state, session: { ...state.session, preferences: { ...state.session.preferences, ...fields } } }
        : state;

/** @param {State} state @param {State['link']} link @returns {State} */
export const linkChanged = (state, link) => (state.link === link ? state : { ...state, link });

/** @param {State} state @param {Person[]} people @returns {State} */
export const peopleLoaded = (state, people) => ({ ...state, people });

/** @param {State} state @param {Contact[]} contacts @returns {State} */
export const contactsLoaded = (state, contacts) => ({ ...state, contacts });

/** @param {State} state @param {string} userId @param {Person['presence']} presence @returns {State} */
export const presenceChanged = (state, userId, presence) => ({
    ...state,
    people: state.people.map((person) => (person.id === userId ? { ...person, presence } : person)),
});

/** How many conversations have something new; the session's count is right until one moves. */
const countedUnread = (/** @type {State} */ state, /** @type {number} */ change) =>
    state.session && change !== 0
        ? { ...state.session, unread: Math.max(0, state.session.unread + change) }
        : state.session;

/**
 * As the reader sees it: the members are the others. What only the long form has (compose) is kept.
 * @param {State} state
 * @param {Conversation} conversation
 * @returns {Conversation}
 */
export function asSeen(state, conversation) {
    const me = state.session?.user.id;
    const members = conversation.members.filter((member) => member.id !== me);
    const old = state.conversations.get(conversation.id);
    const title = conversation.isDeserted ? t('log.left') : conversation.title;
    return { ...old, ...conversation, title, members, ...(old && newerStanding(old, conversation)) };
}

/**
 * What an answer that was on its way may not turn back: an event that came meanwhile knew more.
 * @param {Conversation} old
 * @param {Conversation} answer
 */
function newerStanding(old, answer) {
    const { lastSequence, lastMessage, lastAt, unread, readUpTo } = old;
    if (lastSequence > answer.lastSequence) return { lastSequence, lastMessage, lastAt, unread, readUpTo };
    return readUpTo > answer.readUpTo ? { unread, readUpTo } : null;
}

/**
 * Whether an answer may be put in: a conversation that was deleted while the answer was on its way stays deleted.
 * @param {State} state
 * @param {string} id
 * @param {State['deletions']} [asked] the deletions at the moment of asking; none when the answer can't be outdated
 */
const isStillThere = (state, id, asked) => !asked || state.deletions.get(id) === asked.get(id);

/**
 * Puts in what the server says of a conversation.
 * @param {State} state
 * @param {Conversation} conversation
 * @param {State['deletions']} [asked] the deletions at the moment of asking
 * @returns {State}
 */
export function conversationLoaded(state, conversation, asked) {
    if (!isStillThere(state, conversation.id, asked)) return state;
    const old = state.conversations.get(conversation.id);
    const seen = asSeen(state, conversation);
    const change = old ? Number(seen.unread > 0) - Number(old.unread > 0) : 0;
    return {
        ...state,
        session: countedUnread(state, change),
        conversations: having(state.conversations, conversation.id, seen),
    };
}

/**
 * @param {State} state
 * @param {Conversation[]} list
 * @param {State['deletions']} [asked] the deletions at the moment of asking
 * @returns {State}
 */
export const conversationsLoaded = (state, list, asked) => ({
    ...state,
    conversations: list
        .filter(({ id }) => isStillThere(state, id, asked))
        .reduce((all, c) => all.set(c.id, asSeen(state, c)), new Map(state.conversations)),
});

/**
 * Changes some fields of a known conversation; an unknown one stays unknown.
 * @param {State} state
 * @param {string} id
 * @param {Partial<Conversation>} fields
 * @returns {State}
 */
export function conversationChanged(state, id, fields) {
    const old = state.conversations.get(id);
    return old ? conversationLoaded(state, { ...old, ...fields }) : state;
}

/** @param {State} state @param {string} id @returns {State} */
export function conversationDeleted(state, id) {
    const wasUnread = (state.conversations.get(id)?.unread ?? 0) > 0;
    return {
        ...state,
        session: countedUnread(state, wasUnread ? -1 : 0),
        conversations: lacking(state.conversations, id),
        deletions: having(state.deletions, id, (state.deletions.get(id) ?? 0) + 1),
        threads: lacking(state.threads, id),
        boxes: state.boxes.filter((box) => box.id !== id),
    };
}

/**
 * Messages of conversations that nobody looks at are fetched again when they are opened.
 * @param {State} state
 */
export const hiddenThreadsForgotten = (state) => ({
    ...state,
    threads: new Map([...state.threads].filter(([id]) => inUse(state).has(id))),
});

/**
 * The conversation that a page shows; null when none does.
 * @param {State} state
 * @param {string | null} id
 * @returns {State}
 */
export const pageShown = (state, id) => (state.shown === id ? state : { ...state, shown: id });

/**
 * The conversations that are open in a box or on the page.
 * @param {State} state
 */
export const inUse = ({ boxes, shown }) =>
    new Set([...boxes.map((box) => box.id), ...(shown ? [shown] : [])].filter((id) => id !== 'new'));

/** @param {State} state @param {string} id @param {string} userId @param {boolean} isTyping @returns {State} */
export function typingChanged(state, id, userId, isTyping) {
    const who = new Set(state.typing.get(id));
    if (who.has(userId) === isTyping) return state;
    if (isTyping) who.add(userId);
    else who.delete(userId);
    return { ...state, typing: having(state.typing, id, who) };
}

/**
 * Read marks only move forward.
 * @param {State} state
 * @param {string} id
 * @param {string} userId
 * @param {number} upTo
 */
export function readByOther(state, id, userId, upTo) {
    const marks = new Map(state.reads.get(id));
    if ((marks.get(userId) ?? 0) >= upTo) return state;
    return { ...state, reads: having(state.reads, id, marks.set(userId, upTo)) };
}

/** @param {State} state @param {Box[]} boxes @returns {State} */
export const boxesRestored = (state, boxes) => ({ ...state, boxes });

/**
 * Opens a box beside the contacts, or changes the one that is open already.
 * @param {State} state
 * @param {string} id
 * @param {boolean} [isMinimised]
 * @returns {State}
 */
export function boxOpened(state, id, isMinimised = false) {
    const isThere = state.boxes.some((box) => box.id === id);
    if (!isThere) return { ...state, boxes: [{ id, isMinimised }, ...state.boxes] };
    return { ...state, boxes: state.boxes.map((box) => (box.id === id ? { id, isMinimised } : box)) };
}

/** @param {State} state @param {string} id @returns {State} */
export const boxClosed = (state, id) => ({ ...state, boxes: state.boxes.filter((box) => box.id !== id) });

/**
 * The box that asked whom to write to becomes the conversation.
 * @param {State} state
 * @param {string} id
 */
export function newBoxBecame(state, id) {
    const others = state.boxes.filter((box) => box.id !== id);
    return { ...state, boxes: others.map((box) => (box.id === 'new' ? { id, isMinimised: false } : box)) };
}

/**
 * Conversations in which something was said, newest activity first.
 * @param {State} state
 */
export const newestFirst = (state) =>
    [...state.conversations.values()]
        .filter((c) => c.lastMessage !== null)
        .sort((a, b) => ((b.lastAt ?? '') > (a.lastAt ?? '') ? 1 : (b.lastAt ?? '') < (a.lastAt ?? '') ? -1 : 0));
