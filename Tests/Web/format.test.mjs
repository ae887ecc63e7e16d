import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as format from '../../Sources/PatchbayHTTP/Web/js/lib/format.js';

const now = new Date(2026, 10, 20, 10, 46);
const ago = (days) => new Date(2026, 10, 20 - days, 9, 5);

test('a day is named by how far it is', () => {
    const days = [0, 1, 3, 10, 400].map((n) => format.day(ago(n), now));

    assert.deepEqual(days, ['Today', 'Yesterday', 'Tuesday', 'November 10', 'October 16, 2025']);
});

test('a stamp in a list is short', () => {
    const stamps = [0, 1, 3, 10].map((n) => format.stamp(ago(n), now).replace(/\u202f/g, ' '));

    assert.deepEqual(stamps, ['9:05 AM', 'Yesterday', 'Tue', 'Nov 10']);
});

test('a moment says its year when that is another one', () => {
    const moments = [3, 400].map((n) => format.moment(ago(n), now).replace(/\u202f/g, ' '));

    assert.deepEqual(moments, ['Tue, Nov 17, 9:05 AM', 'Oct 16, 2025, 9:05 AM']);
});

test('initials are letters, and a number has none', () => {
    assert.deepEqual(['Ann Whitfield', 'ben', '(619) 555-0142', 'Łukasz Ża'].map(format.initials), [
        'AW',
        'B',
        '',
        'ŁŻ',
    ]);
});

test('folding makes search forgiving', () => {
    assert.equal(format.fold('José ÁLVAREZ'), 'jose alvarez');
});

test('sizes have a unit', () => {
    assert.deepEqual([70, 900, 12_300, 1_240_000].map(format.size), ['0.1 kB', '0.9 kB', '12 kB', '1.2 MB']);
});
