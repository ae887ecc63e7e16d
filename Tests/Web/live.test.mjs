import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cursor } from '../../Sources/PatchbayHTTP/Web/js/live/cursor.js';
import { Stream } from '../../Sources/PatchbayHTTP/Web/js/live/stream.js';

test('an event is taken once', () => {
    const cursor = new Cursor();

    const taken = ['a:1', 'a:2', 'a:2', 'a:1', 'a:3'].map((id) => cursor.takes(id));

    assert.deepEqual(taken, [true, true, false, false, true]);
    assert.equal(cursor.id, 'a:3');
});

test('a new epoch begins anew', () => {
    const cursor = new Cursor('a:900');

    assert.equal(cursor.takes('b:1'), true);
    assert.equal(cursor.id, 'b:1');
});

test('the network comes back while it is asked why the stream ended: there is one stream', async () => {
    const opened = [];
    let answer;
    const line = {
        open: () => {
            const source = Object.assign(new EventTarget(), { close: () => (source.isClosed = true), isClosed: false });
            opened.push(source);
            return source;
        },
        ask: () => new Promise((resolve) => (answer = resolve)),
    };
    const stream = new Stream(() => {}, { line });
    opened[0].onerror();

    stream.hurry();
    answer({ status: 200 });
    await new Promise((resolve) => setTimeout(resolve, 600));

    assert.deepEqual(
        opened.map((source) => source.isClosed),
        [true, false],
    );
    opened[0].onerror();
    assert.equal(opened[1].isClosed, false, 'what an earlier source says counts no more');
    stream.close();
});
