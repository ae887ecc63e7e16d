import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '../../Sources/PatchbayHTTP/Web/js/lib/api.js';
import { KeptMessages } from '../../Sources/PatchbayHTTP/Web/js/lib/kept-messages.js';
import { Outbox } from '../../Sources/PatchbayHTTP/Web/js/lib/outbox.js';
import { Store } from '../../Sources/PatchbayHTTP/Web/js/lib/store.js';
import { state } from './fixtures.mjs';

/** What a browser keeps: its keys are its own, as with the real one. */
class Storage {
    getItem(key) {
        return this[key] ?? null;
    }
    setItem(key, value) {
        this[key] = String(value);
    }
    removeItem(key) {
        delete this[key];
    }
}

/** A server behind a line that may be down. */
class Line {
    isUp = true;
    stored = [];
    tries = 0;
    async post(path, body) {
        this.tries += 1;
        if (!this.isUp) throw new ApiError(0, 'network', 'No connection');
        const isNew = !this.stored.some((message) => message.clientId === body.clientId);
        if (isNew) this.stored.push(body);
        return { message: { ...body, id: body.clientId, conversationId: path.split('/')[2], sequence: this.stored.length } };
    }
}

const began = (line, storage, tab = 'tab-1') => {
    const outbox = new Outbox(line, new Store(state()));
    outbox.kept = new KeptMessages('ann', tab, storage);
    return outbox;
};

const turn = () => new Promise((resolve) => setImmediate(resolve));
const texts = (line) => line.stored.map((message) => message.text);
const keptIn = (storage) => Object.keys(storage).length;

test('B7: what is written without a connection goes once, in order, when it is back', async () => {
    const [line, storage] = [new Line(), new Storage()];
    const outbox = began(line, storage);
    line.isUp = false;
    const sent = ['one', 'two', 'three'].map((text) => outbox.write('c1', { text }));
    await turn();
    assert.equal(keptIn(storage), 3);

    line.isUp = true;
    outbox.hurry();
    await Promise.all(sent);

    assert.deepEqual(texts(line), ['one', 'two', 'three']);
    assert.equal(keptIn(storage), 0);
});

test('B7: after a reload the same messages go with the same client ids, before what is written then', async () => {
    const [line, storage] = [new Line(), new Storage()];
    line.isUp = false;
    const before = began(line, storage, 'old');
    before.write('c1', { text: 'one' });
    before.write('c1', { text: 'two' });
    await turn();
    before.end();
    line.isUp = true;
    const after = began(line, storage, 'new');

    after.resume('c1', after.kept.adopt('old'), Promise.resolve());
    await after.write('c1', { text: 'three' });

    assert.deepEqual(texts(line), ['one', 'two', 'three']);
    assert.equal(keptIn(storage), 0);
});

test('B7: an answer that was lost does not make the message twice', async () => {
    const [line, storage] = [new Line(), new Storage()];
    const post = line.post.bind(line);
    line.post = async (...request) => {
        await post(...request);
        line.post = post;
        throw new ApiError(0, 'network', 'The answer was lost');
    };
    const outbox = began(line, storage);

    const sent = outbox.write('c1', { text: 'once' });
    await turn();
    outbox.hurry();
    await sent;

    assert.deepEqual(texts(line), ['once']);
    assert.equal(line.tries, 2);
});

test('what one user wrote never goes out after they signed out', async () => {
    const [line, storage] = [new Line(), new Storage()];
    line.isUp = false;
    const outbox = began(line, storage);
    const sent = outbox.write('c1', { text: 'mine' });
    await turn();

    outbox.end();
    line.isUp = true;
    await sent;

    assert.deepEqual(texts(line), []);
    assert.equal(keptIn(storage), 1, 'it waits for its author');
});

test('a message that is taken back while it waits does not go', async () => {
    const [line, storage] = [new Line(), new Storage()];
    line.isUp = false;
    const outbox = began(line, storage);
    const sent = outbox.write('c1', { text: 'no, wait' });
    await turn();
    const [message] = outbox.kept.adopt('tab-1');

    outbox.drop(message);
    line.isUp = true;
    outbox.hurry();
    await sent;

    assert.deepEqual(texts(line), []);
    assert.equal(keptIn(storage), 0);
});

test('a refusal is kept as failed, so that it can be tried again after a reload', async () => {
    const [line, storage] = [new Line(), new Storage()];
    line.post = async () => {
        throw new ApiError(403, 'gate.user-off', 'SMS is off for you.');
    };
    const outbox = began(line, storage);

    await outbox.write('c1', { text: 'refused' });

    const [message] = outbox.kept.adopt('tab-1');
    assert.deepEqual([message.state, message.reason], ['failed', 'SMS is off for you.']);
});

test('each tab takes up only what is owned by the tab it asks for', () => {
    const storage = new Storage();
    const [a, b] = ['a', 'b'].map((tab) => new KeptMessages('ann', tab, storage));
    a.keep({ clientId: 'x', text: 'of a' });
    b.keep({ clientId: 'y', text: 'of b' });

    const taken = b.adopt('a').map(({ text }) => text);

    assert.deepEqual(taken, ['of a']);
    assert.deepEqual([...b.owners()], ['b']);
});

test('what an earlier page could not send is not shown to who signs in next', async () => {
    const store = new Store(state());
    const outbox = new Outbox(new Line(), store);
    let load;
    const ready = new Promise((resolve) => (load = resolve));
    const unsent = { id: 'local:k1', key: 'k1', clientId: 'k1', conversationId: 'c1', text: 'Hers', attachments: [] };
    outbox.resume('c1', [{ ...unsent, createdAt: '2026-11-20T10:00:00.000Z', state: 'waiting' }], ready);

    outbox.end();
    load();
    await new Promise((resolve) => setImmediate(resolve));

    assert.equal(store.state.threads.has('c1'), false);
});
