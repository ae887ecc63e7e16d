import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as m from '../../Sources/PatchbayHTTP/Web/js/lib/messages.js';
import { conversation, ME, message, state } from './fixtures.mjs';

const texts = (s) => s.threads.get('c1').items.map((x) => x.text);
const written = (more) =>
    message(undefined, { id: 'local:x', clientId: 'x', authorId: ME, direction: 'out', state: 'sending', ...more });

test('a message that comes twice is there once', () => {
    let s = m.newestLoaded(state(), 'c1', { items: [message(1)], hasOlder: false });

    s = m.messageArrived(m.messageArrived(s, message(2), true), message(2), true);

    assert.deepEqual(texts(s), ['Message 1', 'Message 2']);
    assert.equal(s.conversations.get('c1').unread, 1);
});

test('what the server says takes the place of the echo and keeps its key, whichever way it comes first', () => {
    const sent = message(1, { clientId: 'x', authorId: ME, direction: 'out', state: 'pending' });
    const echo = m.messageWritten(m.newestLoaded(state(), 'c1', { items: [], hasOlder: false }), written());

    const s = m.messageArrived(m.messageArrived(echo, { ...sent, state: 'sent' }, true), sent, false);

    const items = s.threads.get('c1').items;
    assert.equal(items.length, 1);
    assert.deepEqual([items[0].key, items[0].id, items[0].state], ['x', 'm1', 'sent']);
    assert.equal(s.conversations.get('c1').unread, 0);
});

test('a delivery state goes back only when an event says so', () => {
    const out = { authorId: ME, direction: 'out' };
    let s = m.newestLoaded(state(), 'c1', {
        items: [message(1, { ...out, state: 'failed', reason: 'Full' })],
        hasOlder: false,
    });

    s = m.messageArrived(s, message(1, { ...out, state: 'pending' }), false);
    assert.equal(s.threads.get('c1').items[0].state, 'failed');

    s = m.messageArrived(s, message(1, { ...out, state: 'pending' }), true);
    assert.equal(s.threads.get('c1').items[0].state, 'pending');
});

test('what is not yet sent stands behind everything that the server has', () => {
    let s = m.newestLoaded(state(), 'c1', { items: [message(1)], hasOlder: false });

    s = m.messageArrived(m.messageWritten(s, written({ text: 'Mine' })), message(2), true);

    assert.deepEqual(texts(s), ['Message 1', 'Message 2', 'Mine']);
});

test('S29: older pages go in above, none twice and none missing', () => {
    const page = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => message(from + i));
    let s = m.newestLoaded(state(), 'c1', { items: page(451, 500), hasOlder: true });

    for (let from = 401; from > 0; from -= 50)
        s = m.olderLoaded(s, 'c1', { items: page(from, from + 50), hasOlder: from > 1 });

    const sequences = s.threads.get('c1').items.map((x) => x.sequence);
    assert.deepEqual(
        sequences,
        Array.from({ length: 500 }, (_, i) => i + 1),
    );
    assert.equal(s.threads.get('c1').hasOlder, false);
});

test('after a long absence the newest page replaces what it does not touch, and the unsent stays', () => {
    let s = m.newestLoaded(state(), 'c1', { items: [message(1), message(2)], hasOlder: false });
    s = m.messageWritten(s, written({ text: 'Mine' }));

    s = m.newestLoaded(s, 'c1', { items: [message(99), message(100)], hasOlder: true });

    assert.deepEqual(texts(s), ['Message 99', 'Message 100', 'Mine']);
    assert.equal(s.threads.get('c1').hasOlder, true);
});

test('S52: a message of the other side counts as unread, one of our own side does not', () => {
    const chat = conversation({ kind: 'chat', members: [{ id: 'ben', name: 'Ben', extension: '1002' }] });
    let s = state([chat]);

    s = m.messageArrived(s, message(1, { direction: 'out', authorId: 'ben', state: 'sent' }), true);
    s = m.messageArrived(s, message(2, { direction: 'out', authorId: ME, state: 'sent' }), true);

    assert.equal(s.conversations.get('c1').unread, 1);
    assert.equal(s.session.unread, 1);
});

test('the line "New" stands before the first message that was unread when the box was opened', () => {
    const s = m.newestLoaded(state([conversation({ readUpTo: 1, unread: 2 })]), 'c1', {
        items: [message(1), message(2), message(3)],
        hasOlder: false,
    });

    assert.equal(s.threads.get('c1').newFrom, 2);
});

test('messages that are gone for everybody go from the thread, whichever stretch they were in', () => {
    const four = [1, 2, 3, 4].map((n) => message(n));
    const s = m.newestLoaded(state(), 'c1', { items: [...four, written()], hasOlder: false });

    assert.deepEqual(texts(m.messagesGone(s, 'c1', [[1, 1], [3, 9]])), ['Message 2', 'Message undefined']);
    assert.equal(m.messagesGone(state(), 'c2', [[1, 9]]).threads.get('c2'), undefined);
    assert.equal(m.isGone(null, [[1, 9]]), false);
});
