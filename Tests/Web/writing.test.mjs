import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emojiGroups, foundEmoji, parsed } from '../../Sources/PatchbayHTTP/Web/js/lib/emoji.js';
import { choosable, inAnHour, localInput, tomorrowMorning } from '../../Sources/PatchbayHTTP/Web/js/lib/later.js';
import { pieces } from '../../Sources/PatchbayHTTP/Web/js/lib/links.js';
import { partsSaved, plainText } from '../../Sources/PatchbayHTTP/Web/js/lib/plain-text.js';
import { filled, foundTemplates } from '../../Sources/PatchbayHTTP/Web/js/lib/templates.js';

const hrefs = (text) => pieces(text).flatMap((piece) => piece.href ?? []);

test('http, https, mailto and tel become links, and www and an e-mail address too', () => {
    assert.deepEqual(hrefs('http://a.example www.b.example mailto:c@d.example tel:+1619 e@f.example'), [
        'http://a.example',
        'https://www.b.example',
        'mailto:c@d.example',
        'tel:+1619',
        'mailto:e@f.example',
    ]);
});

test('a link ends before the full stop and the bracket of the sentence, not before its own', () => {
    assert.deepEqual(hrefs('(see https://a.example/x). https://a.example/b_(c)!'), [
        'https://a.example/x',
        'https://a.example/b_(c)',
    ]);
});

test('what runs, what seems to be another, and what is no address stays text', () => {
    const texts = [
        'javascript:alert(1)',
        'data:text/html,x',
        'vbscript:x',
        'https://bank.example@evil.example/',
        'https://',
        'a@b',
        'www.',
        'tel:abc',
    ];

    assert.deepEqual(texts.flatMap(hrefs), []);
});

test('the pieces of a text are the text', () => {
    const text = 'a https://b.example. <img src=x onerror=alert(1)> c@d.example\n(www.e.example)';

    assert.equal(
        pieces(text)
            .map((piece) => piece.text)
            .join(''),
        text,
    );
});

test('smart quotes, dashes and spaces become plain, and only a gain is offered', () => {
    assert.equal(plainText('“It’s” – a…\u00A0b'), '"It\'s" - a... b');
    assert.equal(partsSaved('It’s'), 0);
    assert.equal(partsSaved(`It’s ${'a'.repeat(80)}`), 1);
    assert.equal(partsSaved(`日本 ’ ${'a'.repeat(80)}`), 0);
});

test('every emoji of the catalogue is one emoji, is there once, and has a name', () => {
    const all = emojiGroups().flatMap((group) => group.emoji);

    assert.deepEqual(
        all.filter(({ char, name }) => !/^\p{RGI_Emoji}$/v.test(char) || name === ''),
        [],
    );
    assert.equal(new Set(all.map((one) => one.char)).size, all.length);
    assert.ok(all.length > 150);
});

test('emoji are found by the beginnings of words, in any order, without accents', () => {
    const groups = [{ name: 'g', emoji: parsed('☕ café_noir break | 🎉 party celebrate') }];
    const found = (query) => foundEmoji(groups, query).flatMap((group) => group.emoji.map((one) => one.char));

    assert.deepEqual(found('CAFE'), ['☕']);
    assert.deepEqual(found('noir caf'), ['☕']);
    assert.deepEqual(found('arty'), []);
    assert.deepEqual(found(''), ['☕', '🎉']);
});

test('a template is filled in, and names nobody when nobody is known', () => {
    const text = 'Hello {first-name}, this is {my-name} for {name}. {other}';

    assert.equal(
        filled(text, { name: 'Bob {my-name} Smith', myName: 'Ann $&' }),
        'Hello Bob, this is Ann $& for Bob {my-name} Smith. {other}',
    );
    assert.equal(filled('Hello {first-name}, hi', { name: '', myName: 'Ann' }), 'Hello, hi');
});

test('templates are found by words of their name and their text', () => {
    const all = [
        { id: '1', name: 'Ready', text: 'Your chair' },
        { id: '2', name: 'Closed', text: 'Not today' },
    ];

    assert.deepEqual(
        foundTemplates(all, 'chair read').map((one) => one.id),
        ['1'],
    );
});

test('later is an hour on, or eight of the next morning, and never more than a year', () => {
    const now = new Date(2026, 11, 31, 22, 30);

    assert.equal(localInput(inAnHour(now)), '2026-12-31T23:30');
    assert.equal(localInput(tomorrowMorning(now)), '2027-01-01T08:00');
    assert.deepEqual(choosable(now), { min: '2026-12-31T22:31', max: '2027-12-31T22:29' });
});
