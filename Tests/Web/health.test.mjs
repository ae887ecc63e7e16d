import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judged, uptime } from '../../Sources/PatchbayHTTP/Web/js/lib/health.js';

const NOW = '2026-11-28T12:00:00.000Z';
const figure = (name, value) => ({ plugin: 'sms', name, help: '', labels: {}, value });
const sound = {
    plugins: [{ state: 'running' }, { state: 'off' }],
    streams: 3,
    eventLagSeconds: 0,
    now: NOW,
    store: {
        freeDiskBytes: 50e9,
        walBytes: 1e6,
        databaseBytes: 5e6,
        integrity: { checkedAt: '2026-11-28T02:00:00.000Z', faults: [] },
    },
    figures: [figure('outbox_messages', 2), figure('outbox_messages', 3), figure('dead_letters', 0)],
};
const looks = (health) => Object.fromEntries(judged(health).map(({ id, look }) => [id, look]));
const store = (fields) => ({ ...sound, store: { ...sound.store, ...fields } });

test('D4: a server that is well has good figures only, and the outbox is summed over carriers', () => {
    assert.deepEqual([...new Set(Object.values(looks(sound)))], ['good']);
    assert.equal(judged(sound).find(({ id }) => id === 'outbox').values.n, 5);
});

test('D4: every figure has limits beyond which it is doubtful, then bad', () => {
    const cases = [
        ['disk', store({ freeDiskBytes: 1.5e9 }), 'doubtful'],
        ['disk', store({ freeDiskBytes: 0.1e9 }), 'bad'],
        ['wal', store({ walBytes: 100e6 }), 'doubtful'],
        ['wal', store({ walBytes: 600e6 }), 'bad'],
        ['lag', { ...sound, eventLagSeconds: 3 }, 'doubtful'],
        ['lag', { ...sound, eventLagSeconds: 20 }, 'bad'],
        ['outbox', { ...sound, figures: [figure('outbox_messages', 150)] }, 'doubtful'],
        ['outbox', { ...sound, figures: [figure('outbox_messages', 1500)] }, 'bad'],
        ['dead', { ...sound, figures: [figure('dead_letters', 1)] }, 'doubtful'],
        ['plugins', { ...sound, plugins: [{ state: 'declined' }] }, 'bad'],
    ];

    for (const [id, health, look] of cases) assert.equal(looks(health)[id], look, id);
});

test('X14: the domain nearest to its daily limit is shown, doubtful from four fifths on', () => {
    const use = (domain, used, limit) => [
        { ...figure('segments_within_a_day', used), labels: { domain } },
        { ...figure('segments_a_day_limit', limit), labels: { domain } },
    ];
    const daily = (...figures) => judged({ ...sound, figures: figures.flat() }).find(({ id }) => id === 'daily');

    assert.equal(daily(), undefined);
    assert.equal(daily(use('a.example', 79, 100)).look, 'good');
    const found = daily(use('a.example', 790, 1000), use('b.example', 8, 10));
    assert.deepEqual(found, { id: 'daily', look: 'doubtful', values: { domain: 'b.example', n: 8, limit: 10 } });
    assert.equal(daily(use('a.example', 100, 100)).look, 'bad');
});

test('D4: integrity is unknown before the first look, old after two days, bad with a fault', () => {
    const old = { checkedAt: '2026-11-25T02:00:00.000Z', faults: [] };
    const torn = { checkedAt: NOW, faults: ['row 3 missing from index'] };

    assert.equal(looks(store({ integrity: null }))['integrity-none'], 'doubtful');
    assert.equal(looks(store({ integrity: old })).integrity, 'doubtful');
    assert.equal(looks(store({ integrity: torn }))['integrity-bad'], 'bad');
});

test('D4: without the SMS plugin there is no outbox to judge, and a system that says nothing of its disk is not judged', () => {
    const found = looks({ ...store({ freeDiskBytes: null }), figures: [] });

    assert.ok(!('outbox' in found) && !('dead' in found) && !('disk' in found));
});

test('D4: the uptime is in days, hours and minutes', () => {
    assert.deepEqual(uptime('2026-11-26T09:30:00.000Z', NOW), { days: 2, hours: 2, minutes: 30 });
});
