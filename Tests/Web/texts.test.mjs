import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as german from '../../Sources/PatchbayHTTP/Web/js/i18n/de.js';
import * as english from '../../Sources/PatchbayHTTP/Web/js/i18n/en.js';
import * as spanish from '../../Sources/PatchbayHTTP/Web/js/i18n/es.js';
import * as french from '../../Sources/PatchbayHTTP/Web/js/i18n/fr.js';
import { languageFor, listed, said, t, useLanguage, useTexts } from '../../Sources/PatchbayHTTP/Web/js/i18n/index.js';

const folder = new URL('../../Sources/PatchbayHTTP/Web/js/', import.meta.url).pathname;
const files = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.js') && !name.startsWith('i18n'))
    .map((name) => ({ name, source: readFileSync(join(folder, name), 'utf8') }));
const sources = files.map(({ source }) => source).join('\n');
/** What a language has in the catalogues that come with their area, such as the administration's. */
async function ofAreas(language) {
    const names = readdirSync(join(folder, 'i18n', language)).filter((name) => name.startsWith('admin'));
    const modules = await Promise.all(names.map((name) => import(join(folder, 'i18n', language, name))));
    return Object.assign({}, ...modules.map(({ texts }) => texts));
}

const en = { ...english.en, ...(await ofAreas('en')) };
const LANGUAGES = {
    es: { ...spanish.es, ...(await ofAreas('es')) },
    de: { ...german.de, ...(await ofAreas('de')) },
    fr: { ...french.fr, ...(await ofAreas('fr')) },
};

const holes = (text) => [...new Set((text.match(/\{\w+\}/g) ?? []).toSorted())].join();
const forms = (text) => (typeof text === 'string' ? [text] : Object.values(text));

test('values and plurals are put in', () => {
    assert.equal(t('log.new-messages', { n: 1 }), '1 new message');
    assert.equal(t('log.new-messages', { n: 2 }), '2 new messages');
    assert.equal(t('dock.chat-with', { name: 'Ben {n}' }), 'Chat with Ben {n}');
});

test('every text that the code names is in the catalogue', () => {
    const named = [...sources.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1]);

    assert.deepEqual(
        named.filter((key) => !(key in en)),
        [],
    );
    assert.ok(named.length > 80);
});

test('every text of the catalogue is used', () => {
    // A key whose end is computed is used if its beginning is there: t(`theme.${name}`).
    const begins = [...sources.matchAll(/[`'"]([a-z][\w-]*(?:\.[\w-]+)*\.)\$\{/g)].map((match) => match[1]);
    const isUsed = (key) =>
        sources.includes(`'${key}'`) || sources.includes(`\`${key}\``) || begins.some((begin) => key.startsWith(begin));

    assert.deepEqual(
        Object.keys(en).filter((key) => !isUsed(key)),
        [],
    );
});

for (const [name, catalogue] of Object.entries(LANGUAGES)) {
    test(`${name} has exactly the keys of English`, () => {
        assert.deepEqual(Object.keys(catalogue).toSorted(), Object.keys(en).toSorted());
    });

    test(`${name} has the placeholders and the plurals of English`, () => {
        const faults = Object.keys(en).filter((key) => {
            const [ours, theirs] = [en[key], catalogue[key] ?? ''];
            if (typeof ours !== typeof theirs) return true;
            if (typeof theirs !== 'string' && !('one' in theirs && 'other' in theirs)) return true;
            const wanted = forms(ours).map(holes).toSorted().at(-1);
            return forms(theirs).some((form) => form.trim() === '' || (holes(form) !== wanted && form === theirs));
        });

        assert.deepEqual(faults, []);
    });
}

test('no text for people is written into the code', () => {
    // Words between quotes that begin a sentence where the page shows them: as a child, a label, a title.
    const SHOWN = /(?:aria-label|title|placeholder|alt)'?:\s*'([^']*[a-z]{2}[^']*)'|\btoast\('([^']+)'|textContent = '([A-Z][^']+)'/g;
    const CHILD = /\bh\([^()]*\},\s*'([A-Z][a-z]+[^']*)'/g;
    const code = files.map(({ name, source }) => ({ name, source: source.replaceAll(/^\s*(\/?\*|\/\/).*$/gm, '') }));
    const found = code.flatMap(({ name, source }) =>
        [...source.matchAll(SHOWN), ...source.matchAll(CHILD)].filter((match) => !(match[1] in en)).map((match) => `${name}: ${match[0]}`),
    );

    assert.deepEqual(found, []);
});

test('the document asks for these labels word by word', () => {
    const labels = [
        en['new.send-sms'],
        en['dock.start'],
        en['account.chat-and-sms'],
        en['messages.new'],
        en['contact.add'],
    ];

    assert.deepEqual(labels, [
        'Send SMS…',
        'Start a New Conversation',
        'Chat and SMS',
        'New Conversation',
        'Add Contact',
    ]);
});

test('the language is the chosen one, else the browser’s, else English', () => {
    const cases = [
        ['auto', ['de-AT', 'en'], 'de-AT'],
        ['auto', ['ja', 'fr'], 'fr'],
        ['auto', ['ja'], 'en-US'],
        ['auto', ['en-GB'], 'en-GB'],
        ['es', ['de-DE'], 'es'],
        ['es', ['de-DE', 'es-MX'], 'es-MX'],
        ['xx', [], 'en-US'],
    ];

    for (const [wanted, browser, tag] of cases) assert.equal(languageFor(wanted, browser), tag);
});

test('the texts of an area follow the language, whichever comes first', async () => {
    await useLanguage('de', []);
    await useTexts('admin');
    const first = t('admin.page');
    await useLanguage('fr', []);
    const then = [t('table.page', { page: 2 }), t('nav.home')];
    await useLanguage('en', []);

    assert.equal(first, 'Verwaltung');
    assert.deepEqual(then, ['Page 2', 'Accueil']);
});

test('numbers and lists follow the language', async () => {
    await useLanguage('de', []);
    const [number, list] = [t('unread', { n: 1234 }), listed(['Ann', 'Ben', 'Cleo'])];
    await useLanguage('en', []);

    assert.match(number, /1\.234/);
    assert.equal(list, 'Ann, Ben und Cleo');
});

test('refusals are translated by ids that the server really has, the same in every language', () => {
    const root = new URL('../../', import.meta.url).pathname;
    const swift = ['Sources', 'Plugins']
        .flatMap((name) => readdirSync(join(root, name), { recursive: true }).map((file) => join(root, name, file)))
        .filter((name) => name.endsWith('.swift'))
        .map((name) => readFileSync(name, 'utf8'))
        .join('\n');

    assert.deepEqual(
        Object.keys(german.problems).filter((id) => !swift.includes(`"${id}"`)),
        [],
    );
    for (const other of [spanish.problems, french.problems]) assert.deepEqual(Object.keys(other), Object.keys(german.problems));
});

test('a refusal is said in the reader’s language, one that nobody translated in the server’s words', async () => {
    await useLanguage('de', []);
    const sentences = [said('gate.user-off', 'SMS is not enabled for you.'), said('kannel.new', 'As it is.'), said(null, null)];
    await useLanguage('en', []);

    assert.deepEqual(sentences, ['Das ist für Sie nicht freigeschaltet. Fragen Sie Ihr Büro.', 'As it is.', '']);
    assert.equal(said('gate.user-off', 'SMS is not enabled for you.'), 'SMS is not enabled for you.');
});
