/** What happens to calls in the store, and what they mean for those who show them. No DOM here. */

/** How far down its way a call is: it only moves forward. */
const RANK = { ringing: 0, connecting: 1, talking: 2, ended: 3, failed: 3, cancelled: 3 };

/** @param {Call} call */
export const isOver = (call) => RANK[call.state] === 3;

/**
 * Puts in what is known of a call. One that is over is shown only to those who saw it before it was.
 * @param {State} state
 * @param {Call} call
 * @param {boolean} [isOwn] this tab has just placed it
 * @returns {State}
 */
export function callNoted(state, call, isOwn = false) {
    const old = state.calls.get(call.id);
    if (old ? RANK[call.state] <= RANK[old.state] : isOver(call) && !isOwn) return state;
    return { ...state, calls: new Map(state.calls).set(call.id, call) };
}

/**
 * What the server says is under way. A call that isn't any more, and whose end nobody told, is gone.
 * @param {State} state
 * @param {Call[]} newest the newest calls, whatever their state
 * @returns {State}
 */
export function callsLoaded(state, newest) {
    const known = new Map(newest.map((call) => [call.id, call]));
    const kept = [...state.calls.values()].filter((call) => isOver(call) || known.has(call.id));
    const rest = { ...state, calls: new Map(kept.map((call) => [call.id, call])) };
    return newest.reduce((all, call) => callNoted(all, call), rest);
}

/** @param {State} state @param {string} id @returns {State} */
export function callForgotten(state, id) {
    if (!state.calls.has(id)) return state;
    const calls = new Map(state.calls);
    calls.delete(id);
    return { ...state, calls };
}

/**
 * What phones do, by user. Only rows that change are made anew.
 * @param {State} state
 * @param {{userId: string, phone: Person['phone']}[]} phones
 * @returns {State}
 */
export function phonesChanged(state, phones) {
    const now = new Map(phones.map(({ userId, phone }) => [userId, phone]));
    let isNews = false;
    const people = state.people.map((person) => {
        const phone = now.get(person.id);
        if (phone === undefined || phone === person.phone) return person;
        isNews = true;
        return { ...person, phone };
    });
    return isNews ? { ...state, people } : state;
}

/**
 * Whom a conversation calls: a number in E.164 or an extension; null for a group and for what takes texts only.
 * @param {Conversation} conversation
 * @returns {string | null}
 */
export function callee({ kind, remote, members }) {
    if (kind === 'sms') return remote?.startsWith('+') ? remote : null;
    return members.length === 1 ? members[0].extension : null;
}

/**
 * The call that a conversation shows: the newest to its other side.
 * @param {State} state
 * @param {Conversation} conversation
 * @returns {Call | null}
 */
export function callOf(state, conversation) {
    const to = callee(conversation);
    const calls = [...state.calls.values()].filter((call) => call.to === to);
    return calls.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))[0] ?? null;
}

/**
 * The calls that no open box and no page shows.
 * @param {State} state
 * @returns {Call[]}
 */
export function callsElsewhere(state) {
    const open = state.boxes.filter((box) => !box.isMinimised).map((box) => box.id);
    const shown = new Set(
        [...open, state.shown]
            .map((id) => state.conversations.get(id ?? ''))
            .map((conversation) => conversation && callOf(state, conversation)?.id),
    );
    return [...state.calls.values()].filter((call) => !shown.has(call.id));
}

/**
 * "1:05" or "1:00:05".
 * @param {number} milliseconds
 */
export function length(milliseconds) {
    const seconds = Math.max(0, Math.floor(milliseconds / 1000));
    const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}

/** @param {Call} call */
export const nameOf = (call) => call.name ?? call.toFormatted;
