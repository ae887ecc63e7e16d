/** The small page of somebody who came by a link: no account, only a name and this one session. */
import { h } from '/js/lib/h.js';
import { Meeting, newPeer } from './meeting.js';
import { t, useTexts } from './texts.js';

const token = location.hash.slice(1);
const peer = newPeer();
/** Shows that this window is itself: the others know its name, and some of them may have the link. */
const key = crypto.randomUUID();
/** How often a guest who is early asks whether it has begun, in milliseconds. */
const ASK_EVERY = 3000;
/** Candidates come in swarms: they are sent together. In milliseconds. */
const SWARM = 200;

/** What the server refused, in its words. */
class Refusal extends Error {}

/** It can't just now; the same again later may do. */
class Delay extends Error {
    /** @param {string} words @param {Response} response */
    constructor(words, response) {
        super(words);
        /** In milliseconds. */
        this.wait = Number(response.headers.get('Retry-After')) * 1000 || ASK_EVERY;
    }
}

/** @param {number} time in milliseconds */
const pause = (time) => new Promise((go) => setTimeout(go, time));

/**
 * Waits as long as the server asks for, else a moment.
 * @param {unknown} error
 */
const pauseAfter = (error) => pause(error instanceof Delay ? error.wait : ASK_EVERY);

/** @param {string} what @param {any} body @param {RequestInit} [more] */
async function ask(what, body, more = {}) {
    const response = await fetch(`/join/video/${what}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ token, key, ...body }),
        ...more,
    });
    if (response.status === 204) return null;
    const answer = await response.json().catch(() => ({}));
    const words = answer.detail ?? t('lost');
    if (response.status === 429 || response.status >= 500) throw new Delay(words, response);
    if (!response.ok) throw new Refusal(words);
    return answer;
}

/** Ends what is still asked for when the guest leaves. */
const done = new AbortController();

/** Signals of one swarm in one request, in their order. */
class Post {
    /** @type {{to: string, data: any}[]} */
    #waiting = [];
    /** @type {Promise<any> | null} */
    #going = null;

    /** @param {string} to @param {any} data */
    send(to, data) {
        this.#waiting.push({ to, data });
        this.#going ??= new Promise((go) => setTimeout(go, SWARM)).then(() => this.#flush());
        return this.#going;
    }

    #flush() {
        const signals = this.#waiting.splice(0, 50);
        this.#going = null;
        return this.#post(signals);
    }

    /** @param {{to: string, data: any}[]} signals @returns {Promise<any>} */
    async #post(signals) {
        if (done.signal.aborted) return null;
        try {
            return await ask('signals', { from: peer, signals });
        } catch (error) {
            if (error instanceof Refusal) throw error;
            await pauseAfter(error);
            return this.#post(signals);
        }
    }
}

/** @returns {import('./meeting.js').Door} */
function door() {
    const post = new Post();
    return {
        me: peer,
        send: (to, data) => post.send(to, data),
        // Asking for news says that we are here.
        here: async () => {},
        leave: () => {
            done.abort();
            ask('leave', { peer }, { keepalive: true }).catch(() => {});
        },
        listen: async ({ session, signal, lost }) => {
            while (!done.signal.aborted) {
                try {
                    const news = await ask('news', { peer }, { signal: done.signal });
                    session(news.session);
                    news.signals.forEach(signal);
                    if (news.session.endedAt) return;
                } catch (error) {
                    if (done.signal.aborted) return;
                    if (error instanceof Refusal) return lost(error.message);
                    await pauseAfter(error);
                }
            }
        },
    };
}

/** @param {string} name */
async function come(name) {
    const meeting = new Meeting(door(), t('video-session'));
    document.body.replaceChildren(meeting.el);
    await meeting.prepare();
    try {
        while (!meeting.isOver) {
            const entry = await ask('enter', { peer, name });
            if (entry.session) return meeting.begin(entry);
            meeting.stage.say(t('early'));
            await pause(ASK_EVERY);
        }
    } catch (error) {
        meeting.abandon();
        throw error;
    }
}

function askName() {
    const field = h('input', { type: 'text', required: true, maxlength: 60, autocomplete: 'name', id: 'name' });
    const told = h('p', { class: 'fault', role: 'alert' });
    const form = h(
        'form',
        { class: 'card guest' },
        h('h1', {}, t('video-session')),
        h('p', {}, t('guest-hello')),
        h('label', { for: 'name' }, t('your-name')),
        field,
        told,
        h('button', { class: 'btn primary tall', type: 'submit' }, t('join')),
    );
    form.addEventListener('submit', (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        come(field.value.trim()).catch((error) => {
            document.body.replaceChildren(main);
            told.textContent = error.message;
        });
    });
    const main = h('main', { class: 'meeting welcome' }, form);
    document.body.replaceChildren(main);
    field.focus();
}

await useTexts('auto');
document.title = t('video-session');
askName();
document.documentElement.dataset.ready = '1';
