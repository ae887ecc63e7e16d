import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Account } from '../../Sources/PatchbayHTTP/Web/js/lib/account.js';
import { ApiError } from '../../Sources/PatchbayHTTP/Web/js/lib/api.js';
import { device } from '../../Sources/PatchbayHTTP/Web/js/lib/device.js';
import { DEFAULTS, preferencesOf } from '../../Sources/PatchbayHTTP/Web/js/lib/preferences.js';
import { preferencesChanged } from '../../Sources/PatchbayHTTP/Web/js/lib/state.js';
import { Store } from '../../Sources/PatchbayHTTP/Web/js/lib/store.js';
import { state } from './fixtures.mjs';

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('what is chosen while a session of before arrives is not lost', async () => {
    const store = new Store(state());
    const put = [];
    const api = {
        put: async (path, body) => {
            put.push(body);
            // The event of this change makes the tab load its session: it is older than the next choice.
            store.apply(preferencesChanged, { ...DEFAULTS, ...put[0] });
            await turn();
        },
    };
    const account = new Account(api, store);

    const first = account.prefer({ tone: 'never' });
    const second = account.prefer({ turnsGreen: false });
    await Promise.all([first, second]);
    await turn();

    const last = put.at(-1);
    assert.deepEqual([last.tone, last.turnsGreen], ['never', false]);
    assert.equal(preferencesOf(store.state).turnsGreen, false);
});

test('a choice that the server refuses is taken back', async () => {
    const store = new Store(state());
    const api = {
        put: async () => {
            throw new ApiError(403, 'no', 'Not today.');
        },
        get: async () => ({ preferences: DEFAULTS }),
    };

    await assert.rejects(new Account(api, store).prefer({ tone: 'never' }), /Not today/);

    await turn();
    assert.equal(preferencesOf(store.state).tone, 'always');
});

test('a session says what it runs on', () => {
    const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';
    const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:153.0) Gecko/20100101 Firefox/153.0';

    assert.deepEqual(device(chrome), { browser: 'Chrome', system: 'Linux' });
    assert.deepEqual(device(firefox), { browser: 'Firefox', system: 'Windows' });
    assert.deepEqual(device('curl/8.1'), { browser: null, system: null });
});
