import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as s from '../../Sources/PatchbayHTTP/Web/js/lib/state.js';
import { Store } from '../../Sources/PatchbayHTTP/Web/js/lib/store.js';
import { conversation, ME, state } from './fixtures.mjs';

test('reading a conversation takes it from the count of the session', () => {
    const before = state([conversation({ unread: 3 }), conversation({ id: 'c2', unread: 1 })]);

    const after = s.conversationChanged(before, 'c1', { unread: 0 });

    assert.equal(after.session.unread, 1);
    assert.equal(before.session.unread, 2, 'the old state is untouched');
});

test('S25: a deleted conversation takes its messages, its box and its count with it', () => {
    const before = state([conversation({ unread: 1 })], { boxes: [{ id: 'c1', isMinimised: false }] });

    const after = s.conversationDeleted(before, 'c1');

    assert.equal(after.conversations.size, 0);
    assert.deepEqual(after.boxes, []);
    assert.equal(after.session.unread, 0);
});

test('the members of a conversation are the others', () => {
    const chat = conversation({ kind: 'chat', members: [{ id: ME }, { id: 'ben' }] });

    const after = s.conversationLoaded(state([]), chat);

    assert.deepEqual(after.conversations.get('c1').members, [{ id: 'ben' }]);
});

test('a list keeps what only the long form of a conversation has', () => {
    const compose = { isOpen: false, closedGate: 'user', reason: 'Off', from: [] };

    const after = s.conversationsLoaded(state([conversation({ compose })]), [conversation({ unread: 1 })]);

    assert.deepEqual(after.conversations.get('c1').compose, compose);
});

test('S26: opening an open box changes it in place, a new one stands first', () => {
    let after = s.boxOpened(s.boxOpened(state(), 'c1'), 'c2', true);

    after = s.boxOpened(after, 'c1', true);

    assert.deepEqual(after.boxes, [
        { id: 'c2', isMinimised: true },
        { id: 'c1', isMinimised: true },
    ]);
});

test('the box that asks whom to write to becomes the conversation and is not doubled', () => {
    const after = s.newBoxBecame(s.boxOpened(s.boxOpened(state(), 'c1', true), 'new'), 'c1');

    assert.deepEqual(after.boxes, [{ id: 'c1', isMinimised: false }]);
});

test('S46: presence moves one person and leaves the phone state alone', () => {
    const people = [
        { id: 'ben', presence: 'offline', phone: 'busy' },
        { id: 'cleo', presence: 'offline', phone: 'idle' },
    ];

    const after = s.presenceChanged(state([], { people }), 'ben', 'online');

    assert.deepEqual(after.people[0], { id: 'ben', presence: 'online', phone: 'busy' });
    assert.equal(after.people[1], people[1]);
});

test('read marks only move forward', () => {
    const after = s.readByOther(s.readByOther(state(), 'c1', 'ben', 5), 'c1', 'ben', 3);

    assert.equal(after.reads.get('c1').get('ben'), 5);
});

test('signing out leaves nothing of the former user', () => {
    const after = s.signedOut(state());

    assert.deepEqual(after, { ...s.initialState(), phase: 'out' });
});

test('readers of the store hear once of all changes of a turn', async () => {
    const store = new Store(state());
    const heard = [];
    store.watch((now, before) => heard.push([before.boxes.length, now.boxes.length]));

    store.apply(s.boxOpened, 'c1');
    store.apply(s.boxOpened, 'c2');
    await Promise.resolve();

    assert.deepEqual(heard, [[0, 2]]);
});
