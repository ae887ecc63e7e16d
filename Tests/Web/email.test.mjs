import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogues, texts } from '../../Plugins/EmailDigest/Web/texts.js';

const holes = (text) => [...new Set(text.match(/\{\w+\}/g) ?? [])].toSorted().join();

for (const [name, words] of Object.entries(catalogues)) {
    test(`U1: the e-mail switch speaks ${name} as fully as English`, () => {
        assert.deepEqual(Object.keys(words), Object.keys(catalogues.en));
        for (const [key, text] of Object.entries(words)) assert.equal(holes(text), holes(catalogues.en[key]), key);
    });
}

test('U1: values are put in', () => {
    const t = texts('de');

    assert.match(t('what', { address: 'ann@harbor.example', n: 15 }), /^An ann@harbor\.example, wenn Nachrichten 15 Minuten/);
});
