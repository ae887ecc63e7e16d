import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '../../Sources/PatchbayHTTP/Web/js/lib/api.js';
import { isUndoable, scheduledChanged, Scheduling } from '../../Sources/PatchbayHTTP/Web/js/lib/scheduling.js';
import { Store } from '../../Sources/PatchbayHTTP/Web/js/lib/store.js';
import { state } from './fixtures.mjs';

const scheduled = (id, sendAt, more = {}) => ({
    id,
    conversationId: 'c1',
    text: id,
    state: 'waiting',
    sendAt,
    createdAt: '2026-11-20T10:00:00.000Z',
    ...more,
});
const ids = (now) => (now.scheduled.get('c1') ?? []).map((one) => one.id);

test('what goes later is listed once, soonest first, and leaves the list when it has gone', () => {
    let now = state();
    for (const one of [scheduled('b', '2026-11-21T10:00:00Z'), scheduled('a', '2026-11-20T12:00:00Z')]) {
        now = scheduledChanged(now, 'c1', one.id, one);
    }
    now = scheduledChanged(now, 'c1', 'b', scheduled('b', '2026-11-20T11:00:00Z'));
    assert.deepEqual(ids(now), ['b', 'a']);

    now = scheduledChanged(now, 'c1', 'b', null);

    assert.deepEqual(ids(now), ['a']);
});

test('who waits some seconds only waits to be undone; a refused one does not', () => {
    assert.equal(isUndoable(scheduled('a', '2026-11-20T10:00:30.000Z')), true);
    assert.equal(isUndoable(scheduled('a', '2026-11-20T11:00:00.000Z')), false);
    assert.equal(isUndoable(scheduled('a', '2026-11-20T10:00:30.000Z', { state: 'refused' })), false);
});

test('an event and the answer to the request make one', async () => {
    const store = new Store(state());
    const news = new EventTarget();
    const one = scheduled('a', '2026-11-20T12:00:00Z');
    const api = { post: () => Promise.resolve({ scheduled: one }) };
    const scheduling = new Scheduling(api, store, news);
    const detail = { conversationId: 'c1', scheduledId: 'a', scheduled: one };

    news.dispatchEvent(new CustomEvent('scheduled.changed', { detail }));
    await scheduling.add('c1', { text: 'a', attachments: [], from: null }, 10, 'client');

    assert.deepEqual(ids(store.state), ['a']);
});

const removing = (answers) => {
    const api = { delete: async () => { const next = answers.shift(); if (next) throw next; } };
    const scheduling = new Scheduling(api, new Store(state()), new EventTarget());
    scheduling.waits = [0, 0, 0];
    return scheduling.remove(scheduled('a', '2026-11-20T12:00:00Z'));
};
const lost = () => new ApiError(0, 'network', 'No network.');

test('calling back asks again while the answer is lost, and gone is gone', async () => {
    await removing([lost(), lost()]);
    await removing([lost(), new ApiError(404, 'scheduled.not-found', 'Not there.')]);

    await assert.rejects(removing([new ApiError(404, 'scheduled.not-found', 'Not there.')]), { status: 404 });
    await assert.rejects(removing([lost(), new ApiError(409, 'scheduled.sent', 'It has gone.')]), { status: 409 });
    await assert.rejects(removing([lost(), lost(), lost(), lost()]), { id: 'network' });
});
