import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { en } from '../../Sources/PatchbayHTTP/Web/js/i18n/en.js';
import { t } from '../../Sources/PatchbayHTTP/Web/js/i18n/index.js';

const folder = new URL('../../Sources/PatchbayHTTP/Web/js/', import.meta.url).pathname;
const sources = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.js') && !name.endsWith('en.js'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');

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
