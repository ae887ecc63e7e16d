import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
    callee,
    callForgotten,
    callNoted,
    callOf,
    callsElsewhere,
    callsLoaded,
    length,
    phonesChanged,
} from '../../Sources/PatchbayHTTP/Web/js/lib/call-state.js';
import { conversation, state } from './fixtures.mjs';

const call = (more = {}) => ({
    id: 'k1',
    clientId: 'press',
    to: '+16195550142',
    toFormatted: '(619) 555-0142',
    name: 'Bob Smith',
    userId: null,
    contactId: 'bob',
    state: 'ringing',
    failure: null,
    reason: null,
    startedAt: '2026-11-22T10:00:00.000Z',
    answeredAt: null,
    endedAt: null,
    ...more,
});

test('a call only moves forward, in whichever order it is heard of', () => {
    let now = callNoted(state(), call({ state: 'talking' }));
    now = callNoted(now, call({ state: 'ringing' }));

    assert.equal(now.calls.get('k1').state, 'talking');
    assert.equal(callNoted(now, call({ state: 'ended' })).calls.get('k1').state, 'ended');
});

test('a call that is over is shown only to those who saw it before it was, or have just placed it', () => {
    assert.equal(callNoted(state(), call({ state: 'failed' })).calls.size, 0);
    assert.equal(callNoted(state(), call({ state: 'failed' }), true).calls.size, 1);
});

test('after a break, a call that has ended meanwhile is gone and one under way is there', () => {
    const before = callNoted(state(), call());

    assert.equal(callsLoaded(before, []).calls.size, 0);
    const after = callsLoaded(before, [call({ state: 'talking' }), call({ id: 'k0', state: 'ended' })]);
    assert.deepEqual([...after.calls.values()].map((one) => `${one.id} ${one.state}`), ['k1 talking']);
    assert.equal(callForgotten(after, 'k1').calls.size, 0);
});

test('S20: a text calls its number, a chat its colleague, a group and a short code nobody', () => {
    const members = [{ id: 'ben', name: 'Ben', extension: '1002' }];
    const chat = conversation({ kind: 'chat', remote: null, members });

    assert.equal(callee(conversation()), '+16195550142');
    assert.equal(callee(chat), '1002');
    assert.equal(callee({ ...chat, members: [...members, ...members] }), null);
    assert.equal(callee(conversation({ remote: '72345' })), null);
});

test('the bar shows what no open box and no page shows', () => {
    const now = callNoted(state(), call());
    const open = { ...now, boxes: [{ id: 'c1', isMinimised: false }] };

    assert.equal(callOf(now, conversation()).id, 'k1');
    assert.equal(callsElsewhere(now).length, 1);
    assert.equal(callsElsewhere(open).length, 0);
    assert.equal(callsElsewhere({ ...now, boxes: [{ id: 'c1', isMinimised: true }] }).length, 1);
    assert.equal(callsElsewhere({ ...now, shown: 'c1' }).length, 0);
});

test('S46, S47: a phone that changes touches neither the blue dot nor other rows', () => {
    const people = [
        { id: 'ben', presence: 'online', phone: 'idle' },
        { id: 'cleo', presence: 'offline', phone: 'unknown' },
    ];
    const before = { ...state(), people };

    const after = phonesChanged(before, [{ userId: 'ben', phone: 'busy' }, { userId: 'nobody', phone: 'idle' }]);

    assert.deepEqual(after.people[0], { id: 'ben', presence: 'online', phone: 'busy' });
    assert.equal(after.people[1], people[1]);
    assert.equal(phonesChanged(after, [{ userId: 'ben', phone: 'busy' }]), after);
});

test('how long people talked', () => {
    assert.deepEqual([0, 65_400, 3_605_000, -5].map(length), ['0:00', '1:05', '1:00:05', '0:00']);
});
