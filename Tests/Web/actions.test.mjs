import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Actions } from '../../Sources/PatchbayHTTP/Web/js/lib/actions.js';
import { Outbox } from '../../Sources/PatchbayHTTP/Web/js/lib/outbox.js';
import { ApiError } from '../../Sources/PatchbayHTTP/Web/js/lib/api.js';
import * as s from '../../Sources/PatchbayHTTP/Web/js/lib/state.js';
import { newestLoaded } from '../../Sources/PatchbayHTTP/Web/js/lib/messages.js';
import { Store } from '../../Sources/PatchbayHTTP/Web/js/lib/store.js';
import { conversation, ME, message, state } from './fixtures.mjs';

test('a message that comes while its conversation is being loaded is not lost', async () => {
    let answer;
    const page = new Promise((resolve) => (answer = () => resolve({ items: [message(1)], hasOlder: false })));
    const api = {
        get: (path) => (path.endsWith('/messages') ? page : Promise.resolve(conversation({ lastSequence: 1 }))),
    };
    const store = new Store(state());
    const actions = new Actions(api, store);

    const loading = actions.loadThread('c1');
    actions.arrived(message(2));
    answer();
    await loading;

    assert.deepEqual(
        store.state.threads.get('c1').items.map((m) => m.sequence),
        [1, 2],
    );
    assert.equal(store.state.conversations.get('c1').unread, 1);
    assert.equal(store.state.conversations.get('c1').lastSequence, 2);
});

test('an answer that was on its way does not turn back what events told meanwhile', () => {
    const known = state([conversation({ lastSequence: 5, readUpTo: 5, unread: 0 })]);

    const after = s.conversationsLoaded(known, [conversation({ lastSequence: 5, readUpTo: 3, unread: 2 })]);

    assert.deepEqual([after.conversations.get('c1').unread, after.conversations.get('c1').readUpTo], [0, 5]);
});

/** An API that gives one answer after the other; an error is thrown. */
const scripted = (answers) => {
    const asked = [];
    const post = async (path, body) => {
        asked.push(body);
        const next = answers.shift();
        if (next instanceof Error) throw next;
        return { message: { ...message(asked.length), ...next, clientId: body.clientId, text: body.text } };
    };
    return { asked, post };
};

const mine = { authorId: ME, direction: 'out', state: 'pending' };

test('messages of a conversation go one after the other, with an id each', async () => {
    const api = scripted([mine, mine]);
    const store = new Store(newestLoaded(state(), 'c1', { items: [], hasOlder: false }));
    const outbox = new Outbox(api, store);

    await Promise.all([outbox.write('c1', { text: 'One' }), outbox.write('c1', { text: 'Two' })]);

    assert.deepEqual(
        api.asked.map((body) => body.text),
        ['One', 'Two'],
    );
    assert.notEqual(api.asked[0].clientId, api.asked[1].clientId);
    assert.deepEqual(
        store.state.threads.get('c1').items.map((m) => m.sequence),
        [1, 2],
    );
});

test('a lost connection waits and sends again with the same id; hurry ends the wait', async () => {
    const api = scripted([new ApiError(0, 'network', 'No connection'), mine]);
    const store = new Store(newestLoaded(state(), 'c1', { items: [], hasOlder: false }));
    const outbox = new Outbox(api, store);

    const sent = outbox.write('c1', { text: 'One' });
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(store.state.threads.get('c1').items[0].state, 'waiting');
    outbox.hurry();
    await sent;

    assert.equal(api.asked[0].clientId, api.asked[1].clientId);
    assert.equal(store.state.threads.get('c1').items.length, 1);
});

test('what the server refuses says why and goes again with the same id', async () => {
    const api = scripted([new ApiError(403, 'gate.user-off', 'SMS is off for you.'), mine]);
    const store = new Store(newestLoaded(state(), 'c1', { items: [], hasOlder: false }));
    const outbox = new Outbox(api, store);
    await outbox.write('c1', { text: 'One' });
    const failed = store.state.threads.get('c1').items[0];
    assert.deepEqual([failed.state, failed.reason], ['failed', 'SMS is off for you.']);

    await outbox.again(failed);

    assert.equal(api.asked[0].clientId, api.asked[1].clientId);
    assert.equal(store.state.threads.get('c1').items[0].state, 'pending');
});

test('a retry that fails before its answer comes stays failed', async () => {
    const failed = { ...mine, id: 'm1', state: 'failed', reason: 'No such number.' };
    const store = new Store(newestLoaded(state(), 'c1', { items: [message(1, failed)], hasOlder: false }));
    const again = message(1, { ...mine, state: 'pending' });
    const post = async () => {
        new Actions({}, store).arrived(message(1, failed));
        return { message: again };
    };

    await new Outbox({ post }, store).again(store.state.threads.get('c1').items[0]);

    assert.equal(store.state.threads.get('c1').items[0].state, 'failed');
});

test('what was read while the server was away is said again, and once', async () => {
    const said = [];
    let isAway = true;
    const api = {
        post: async (path, body) => {
            said.push([path, body.upTo]);
            if (isAway) throw new ApiError(0, 'network', 'No network.');
        },
    };
    const actions = new Actions(api, new Store(state([conversation({ unread: 2, lastSequence: 7 })])));
    await assert.rejects(actions.markRead('c1'));
    isAway = false;

    await actions.tellUnheard();
    await actions.tellUnheard();

    assert.deepEqual(said, [
        ['/conversations/c1/read', 7],
        ['/conversations/c1/read', 7],
    ]);
});

test('a box whose first load failed is loaded when the server is back, also after something was written in it', async () => {
    const page = { items: [message(1), message(2)], hasOlder: true };
    const api = {
        get: async (path) => (path.endsWith('/messages') ? page : conversation({ unread: 2, lastSequence: 2 })),
        post: () => Promise.reject(new ApiError(409, 'gate.closed', 'Closed.')),
    };
    const store = new Store(state([conversation({ unread: 2, lastSequence: 2 })], { boxes: [{ id: 'c1' }] }));
    const actions = new Actions(api, store);
    new Outbox(api, store).write('c1', { text: 'Hello?' });

    await actions.loadMissing();

    const thread = store.state.threads.get('c1');
    assert.deepEqual(
        thread.items.map((m) => m.text),
        ['Message 1', 'Message 2', 'Hello?'],
    );
    assert.deepEqual([thread.hasOlder, thread.newFrom], [true, 1]);
});

test('a sign-out that fails leaves everything as it is', async () => {
    const api = { delete: () => Promise.reject(new ApiError(503, 'busy', 'Later.')) };
    const store = new Store(state());

    await assert.rejects(new Actions(api, store).signOut());

    assert.equal(store.state.phase, 'in');
});

test('who signs in finds nothing of who was here before', () => {
    const out = s.signedOut(state());
    const late = s.conversationLoaded(out, conversation());

    const now = s.signedIn(late, { user: { id: 'ben' }, unread: 0 });

    assert.equal(now.conversations.size, 0);
});
