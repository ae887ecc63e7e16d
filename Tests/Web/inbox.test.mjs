import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inView, listed, passes } from '../../Sources/PatchbayHTTP/Web/js/lib/inbox.js';
import { conversationsLoaded, initialState } from '../../Sources/PatchbayHTTP/Web/js/lib/state.js';
import { begun, changed, grownDown, grownUp, reaches } from '../../Sources/PatchbayHTTP/Web/js/lib/stretch.js';
import { conversation, message } from './fixtures.mjs';

const at = (id, lastAt, more = {}) =>
    conversation({ id, lastAt, lastMessage: message(1, { conversationId: id }), ...more });

const state = conversationsLoaded(initialState(), [
    at('old', '2026-11-01T10:00:00.000Z'),
    at('new', '2026-11-20T10:00:00.000Z', { unread: 2 }),
    at('mid', '2026-11-10T10:00:00.000Z', { kind: 'chat' }),
]);
const ids = (list) => list.map((c) => c.id);

test('S51: the list is in order of the newest activity', () => {
    assert.deepEqual(ids(listed(state, 'all', null)), ['new', 'mid', 'old']);
});

test('S51: filters leave out what does not pass', () => {
    assert.deepEqual(ids(listed(state, 'unread', null)), ['new']);
    assert.deepEqual(ids(listed(state, 'chat', null)), ['mid']);
    assert.deepEqual(ids(listed(state, 'sms', null)), ['new', 'old']);
    assert.equal(passes(conversation({ kind: 'sms', unread: 0 }), 'unread'), false);
});

test('S51: nothing is shown beyond the last loaded page, for there would be gaps', () => {
    assert.deepEqual(ids(listed(state, 'all', '2026-11-10T10:00:00.000Z')), ['new', 'mid']);
});

test('of 100,000 rows those in view are wanted, and a few around them', () => {
    const view = { height: 900, row: 60, count: 100_000 };

    assert.deepEqual(inView({ ...view, top: 200 }), [0, 20]);
    assert.deepEqual(inView({ ...view, top: -60 * 50_000 }), [49_992, 50_023]);
    assert.deepEqual(inView({ ...view, top: -60 * 99_990 }), [99_982, 100_000]);
    assert.deepEqual(inView({ ...view, top: 200, count: 0 }), [0, 0]);
});

const page = (from, to, more = {}) => ({
    items: Array.from({ length: to - from + 1 }, (_, i) => message(from + i)),
    hasOlder: from > 1,
    hasNewer: true,
    ...more,
});
const sequences = (stretch) => stretch.items.map((m) => m.sequence);

test('S29: a stretch grows up and down, each message once', () => {
    let stretch = begun(page(10, 12));
    stretch = grownUp(stretch, page(8, 10));
    stretch = grownDown(stretch, page(12, 14, { hasNewer: false }));

    assert.deepEqual(sequences(stretch), [8, 9, 10, 11, 12, 13, 14]);
    assert.equal(stretch.hasOlder, true);
    assert.equal(stretch.hasNewer, false);
});

test('a stretch joins the newest messages when nothing is missing between them', () => {
    const newest = page(20, 25).items;

    assert.equal(reaches(begun(page(10, 12)), newest), false);
    assert.equal(reaches(begun(page(10, 20)), newest), true);
    assert.equal(reaches(begun(page(10, 12, { hasNewer: false })), newest), true);
});

test('a deleted message leaves the stretch, and comes back to its place', () => {
    const stretch = begun(page(10, 12));
    const [, middle] = stretch.items;
    const without = changed(stretch, middle, false);

    assert.deepEqual(sequences(without), [10, 12]);
    assert.deepEqual(sequences(changed(without, middle, true)), [10, 11, 12]);
});
