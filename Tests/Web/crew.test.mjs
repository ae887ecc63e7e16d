import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Crew } from '../../Sources/PatchbayHTTP/Web/js/live/crew.js';

const tab = (more = {}) => ({ isFocused: false, canSound: true, at: 0, looksAt: null, ...more });

const crewOf = (tabs) => {
    const crew = new Crew();
    for (const [id, standing] of Object.entries(tabs)) crew.set(id, standing);
    return crew;
};

test('B6: of five tabs exactly one speaks', () => {
    const crew = crewOf({ a: tab(), b: tab({ at: 9 }), c: tab(), d: tab({ at: 3 }), e: tab() });

    const speaking = ['a', 'b', 'c', 'd', 'e'].filter((id) => crew.facts(id).isSpeaker);

    assert.deepEqual(speaking, ['b']);
});

test('the tab with the focus speaks before the one that was used last', () => {
    assert.equal(crewOf({ a: tab({ isFocused: true }), b: tab({ at: 9 }) }).speaker, 'a');
});

test('S40: a tab that may not play speaks only where none may', () => {
    const focusedButMute = tab({ isFocused: true, canSound: false, at: 9 });

    assert.equal(crewOf({ a: focusedButMute, b: tab() }).speaker, 'b');
    assert.equal(crewOf({ a: focusedButMute, b: tab({ canSound: false }) }).speaker, 'a');
});

test('a tab that is gone neither speaks nor looks', () => {
    const crew = crewOf({ a: tab({ isFocused: true, looksAt: 'c1' }), b: tab() });

    crew.remove('a');

    assert.deepEqual(crew.facts('b'), { isSpeaker: true, isFocused: false, looking: [] });
});

test('what one tab looks at is known to all', () => {
    const crew = crewOf({ a: tab({ isFocused: true, looksAt: 'c1' }), b: tab() });

    assert.deepEqual(crew.facts('b'), { isSpeaker: false, isFocused: true, looking: ['c1'] });
});

test('nobody speaks where nobody is', () => {
    assert.equal(new Crew().speaker, null);
});
