/** The window of somebody who is signed in: starts the session of a chat, or joins one that rings. */
import { Api } from '/js/lib/api.js';
import { h } from '/js/lib/h.js';
import { inTime } from '/js/lib/in-time.js';
import { openLive } from '/js/live/live.js';
import { holdTab } from '/js/live/tab.js';
import { Meeting, newPeer, SEND_WITHIN } from './meeting.js';
import { t, useTexts } from './texts.js';

/** Who can't hear by then joins all the same, in milliseconds: links try again. */
const STREAM_WITHIN = 4000;

holdTab();
const api = new Api();
const me = newPeer();
const asked = new URLSearchParams(location.search);

/** @param {string} words */
function refuse(words) {
    document.body.replaceChildren(h('main', { class: 'meeting' }, h('div', { class: 'over' }, h('p', {}, words))));
}

/** @param {any} session @returns {string} */
const others = (session, /** @type {string} */ mine) =>
    session.people
        .filter((/** @type {any} */ { id }) => id !== mine)
        .map((/** @type {any} */ { name }) => name)
        .join(', ');

/** @param {string} words @param {string} path the link */
function showLink(words, path) {
    const address = new URL(path, location.origin).href;
    const field = h('input', { type: 'text', readonly: true, value: address, 'aria-label': t('guest-link') });
    const copy = h('button', { class: 'btn primary', type: 'button' }, t('copy'));
    const done = h('button', { class: 'btn', type: 'button' }, t('close'));
    const box = h(
        'dialog',
        { class: 'ask', 'aria-label': t('guest-link') },
        h('h3', {}, t('guest-link')),
        h('p', {}, words),
        field,
        h('div', { class: 'row' }, done, copy),
    );
    copy.addEventListener('click', async () => {
        field.select();
        await navigator.clipboard.writeText(address).catch(() => {});
        copy.textContent = t('copied');
    });
    done.addEventListener('click', () => box.close());
    box.addEventListener('close', () => box.remove());
    document.body.append(box);
    box.showModal();
}

/** @param {Session} session who is signed in */
function doorOf({ user, eventsUpTo }) {
    let id = '';
    /** @type {(conversation: string) => void} */
    let began = () => {};
    /** Who is quick with the link waits until the session is there. */
    const beginning = new Promise((resolve) => (began = resolve));
    // Signals are not kept: whoever joins must hear already, or the first of them are lost.
    /** @type {import('/js/live/stream.js').Told[]} */
    const early = [];
    /** @type {(told: import('/js/live/stream.js').Told) => void} */
    let take = (told) => void early.push(told);
    const hears = new Promise((resolve) => {
        setTimeout(resolve, STREAM_WITHIN);
        const hear = (/** @type {import('/js/live/stream.js').Told} */ told) => {
            if (told.type === 'state' && told.state === 'live') resolve(undefined);
            take(told);
        };
        // A crew of its own: this window shows no messages, so it must not be the one that rings for them.
        openLive({ name: `${user.id} video`, after: eventsUpTo }, hear, () => null);
    });
    const tell = (/** @type {string} */ what) => api.post(`/video/sessions/${id}/${what}`, { peer: me });
    /** @type {import('./meeting.js').Door} */
    const door = {
        me,
        send: (to, data) => inTime(api.post(`/video/sessions/${id}/signals`, { from: me, to, data }), SEND_WITHIN),
        here: () => tell('here'),
        leave: () => {
            if (!id) return;
            const body = JSON.stringify({ peer: me });
            const headers = { 'Content-Type': 'application/json' };
            fetch(`/api/v1/video/sessions/${id}/leave`, { method: 'POST', headers, body, keepalive: true });
        },
        invite: async () => {
            const { path } = await api.post(`/video/conversations/${await beginning}/guest-links`, {});
            showLink(t('guest-link-explained'), path);
        },
        listen: ({ session, signal, lost }) => {
            const fetchAgain = () =>
                api.get(`/video/sessions/${id}`).then(session, (error) => error.status === 404 && lost(error.message));
            take = (told) => {
                if (told.type === 'state' && told.state === 'out') return lost(t('signed-out'));
                if (told.type !== 'event') return;
                if (told.name === 'video.signal' && told.data.sessionId === id) signal(told.data);
                if (told.name === 'resync') fetchAgain();
                if (told.name === 'video.session.changed' && told.data.sessionId === id) fetchAgain();
            };
            early.splice(0).forEach(take);
            fetchAgain();
        },
    };
    const enter = async () => {
        await hears;
        const wanted = asked.get('conversation');
        const entry = wanted
            ? await api.post('/video/sessions', { conversationId: wanted, peer: me })
            : await api.post(`/video/sessions/${asked.get('session')}/join`, { peer: me });
        id = entry.session.id;
        began(entry.session.conversationId);
        return entry;
    };
    return { door, enter };
}

async function begin() {
    const session = await api.get('/session').catch(() => null);
    await useTexts(session?.preferences?.language ?? 'auto');
    document.title = t('video-session');
    if (!session) return refuse(t('sign-in'));
    const { door, enter } = doorOf(session);
    const meeting = new Meeting(door, t('video-session'));
    document.body.replaceChildren(meeting.el);
    document.documentElement.dataset.ready = '1';
    await meeting.prepare();
    if (meeting.isOver) return;
    const entry = await enter().catch((error) => {
        meeting.abandon();
        throw error;
    });
    meeting.begin(entry);
    if (meeting.isOver) return;
    const names = others(entry.session, session.user.id);
    meeting.el.querySelector('h1').textContent = names;
    document.title = `${names} · ${t('video-session')}`;
}

begin().catch((error) => refuse(error.message));
