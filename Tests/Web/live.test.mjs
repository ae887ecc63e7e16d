import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cursor } from '../../Sources/PatchbayHTTP/Web/js/live/cursor.js';

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
