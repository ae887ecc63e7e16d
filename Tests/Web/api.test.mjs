import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Api } from '../../Sources/PatchbayHTTP/Web/js/lib/api.js';

const real = globalThis.fetch;
afterEach(() => (globalThis.fetch = real));

const answers = (status, body) => {
    globalThis.fetch = async () => new Response(JSON.stringify(body), { status });
};

test('every request says whose page it comes from', async () => {
    const said = [];
    globalThis.fetch = async (_, options) => {
        said.push(options.headers['Patchbay-User'], options.headers['Content-Type']);
        return new Response('{}');
    };
    const api = new Api();
    await api.get('/session');
    api.user = 'ann';

    await api.post('/conversations', {});

    assert.deepEqual(said, [undefined, undefined, 'ann', 'application/json']);
});

test('an answer that comes after its user has left is given to nobody', async () => {
    const api = new Api();
    api.user = 'ann';
    answers(200, { items: ['hers'] });

    const asked = api.get('/conversations');
    api.user = 'ben';

    await assert.rejects(asked, { id: 'session.required', isPassing: false });
});

test('a page whose browser now belongs to somebody else is told, and its request counts as signed out', async () => {
    const api = new Api();
    api.user = 'ann';
    let told = 0;
    api.onOtherUser = () => (told += 1);
    answers(409, { id: 'session.other-user', detail: 'Load the page again.' });

    await assert.rejects(api.post('/conversations/c1/messages', {}), { status: 401 });

    assert.equal(told, 1);
});
