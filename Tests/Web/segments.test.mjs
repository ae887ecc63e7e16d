import assert from 'node:assert/strict';
import { test } from 'node:test';
import { segments } from '../../Sources/PatchbayHTTP/Web/js/lib/segments.js';

const CASES = [
    ['', 0, 160, 'GSM-7'],
    ['a'.repeat(160), 1, 0, 'GSM-7'],
    ['a'.repeat(161), 2, 145, 'GSM-7'],
    ['€'.repeat(80), 1, 0, 'GSM-7'],
    ['a'.repeat(152) + '€' + 'a'.repeat(10), 2, 141, 'GSM-7'],
    ['ж'.repeat(70), 1, 0, 'UCS-2'],
    ['ж'.repeat(71), 2, 63, 'UCS-2'],
    ['👋', 1, 68, 'UCS-2'],
    ['👋'.repeat(35), 1, 0, 'UCS-2'],
    ['👋'.repeat(36), 2, 61, 'UCS-2'],
];

for (const [text, parts, left, encoding] of CASES) {
    test(`${text.length} characters beginning "${text.slice(0, 6)}" are ${parts} parts of ${encoding}`, () => {
        const counted = segments(text);

        assert.deepEqual([counted.segments, counted.left, counted.encoding], [parts, left, encoding]);
    });
}

test('the characters that force Unicode are named once', () => {
    assert.deepEqual(segments('“Hello” “there”').odd, ['“', '”']);
});
