import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deedOf } from '../../Sources/PatchbayHTTP/Web/js/lib/shortcuts.js';

const press = (key, more = {}) => ({ key, ctrlKey: false, altKey: false, metaKey: false, ...more });
const READING = { isWriting: false, letterKeys: true };
const CTRL_ALT = { ctrlKey: true, altKey: true };

test('single letters work while nobody writes', () => {
    assert.deepEqual(['c', '/', '?', 'x'].map((key) => deedOf(press(key), READING)), ['new', 'search', 'help', null]);
    assert.equal(deedOf(press('c'), { ...READING, isWriting: true }), null);
    assert.equal(deedOf(press('c', { ctrlKey: true }), READING), null, 'the browser copies');
});

test('single letters can be turned off (WCAG 2.1.4), chords stay', () => {
    const off = { isWriting: true, letterKeys: false };

    assert.equal(deedOf(press('?'), { ...off, isWriting: false }), null);
    assert.equal(deedOf(press('ArrowLeft', CTRL_ALT), off), 'left');
    assert.equal(deedOf(press('ArrowRight', CTRL_ALT), off), 'right');
});
