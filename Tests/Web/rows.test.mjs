import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pieces } from '../../Sources/PatchbayHTTP/Web/js/lib/links.js';
import { isOnlyEmoji, rows } from '../../Sources/PatchbayHTTP/Web/js/lib/rows.js';
import { conversation, ME, message } from './fixtures.mjs';

const at = (iso, more) => ({ ...message(1, more), key: more.id, createdAt: iso });
const shape = (list) => list.map((row) => (row.type === 'message' ? row.key : row.type));

test('a new day has a line, and messages of one side within minutes belong together', () => {
    const items = [
        at('2026-11-19T12:00:00Z', { id: 'a' }),
        at('2026-11-20T12:00:00Z', { id: 'b' }),
        at('2026-11-20T12:01:00Z', { id: 'c' }),
        at('2026-11-20T12:02:00Z', { id: 'd', direction: 'out', authorId: ME }),
        at('2026-11-20T12:20:00Z', { id: 'e', direction: 'out', authorId: ME }),
    ];

    const list = rows(conversation(), { items, hasOlder: false, newFrom: null }, ME);

    assert.deepEqual(shape(list), ['day', 'a', 'day', 'b', 'c', 'd', 'e']);
    const ends = list.filter((row) => row.type === 'message').map((row) => [row.isFirst, row.isLast]);
    assert.deepEqual(ends, [
        [true, true],
        [true, false],
        [false, true],
        [true, true],
        [true, true],
    ]);
});

test('the line "New" parts a group', () => {
    const items = [
        at('2026-11-20T12:00:00Z', { id: 'a', sequence: 1 }),
        at('2026-11-20T12:00:10Z', { id: 'b', sequence: 2 }),
    ];

    const list = rows(conversation(), { items, hasOlder: false, newFrom: 2 }, ME);

    assert.deepEqual(shape(list), ['day', 'a', 'new', 'b']);
    assert.equal(list[1].isLast, true);
});

test('no key comes twice, even when clocks disagree', () => {
    const items = ['20T12', '19T12', '20T13'].map((day, i) => at(`2026-11-${day}:00:00Z`, { id: `m${i}` }));

    const keys = rows(conversation(), { items, hasOlder: false, newFrom: null }, ME).map((row) => row.key);

    assert.equal(new Set(keys).size, keys.length);
});

test('links are http and https, without the full stop behind them', () => {
    assert.deepEqual(pieces('See https://example.com/a?b=1. Or javascript:alert(1)'), [
        { text: 'See ' },
        { text: 'https://example.com/a?b=1', href: 'https://example.com/a?b=1' },
        { text: '. Or javascript:alert(1)' },
    ]);
});

test('one to three emoji alone are big', () => {
    assert.deepEqual(['👍', '👩‍🚀 🎉', '👍👍👍👍', 'ok 👍', ''].map(isOnlyEmoji), [true, true, false, false, false]);
});
