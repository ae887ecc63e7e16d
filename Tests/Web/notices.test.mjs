import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { DEFAULTS } from '../../Sources/PatchbayHTTP/Web/js/lib/preferences.js';
import { channels } from '../../Sources/PatchbayHTTP/Web/js/notices/channels.js';
import { PageTitle } from '../../Sources/PatchbayHTTP/Web/js/notices/page-title.js';
import { Tone } from '../../Sources/PatchbayHTTP/Web/js/notices/tone.js';
import { conversation } from './fixtures.mjs';

const ALL = { tone: true, title: true, notice: true, box: true };
const NONE = { tone: false, title: false, notice: false, box: false };

const by = ({ preferences = {}, crew = {}, permission = 'granted', ...more } = {}) =>
    channels({
        conversation: conversation(more),
        preferences: { ...DEFAULTS, ...preferences },
        crew: { isSpeaker: true, isFocused: false, looking: [], ...crew },
        permission,
    });

test('S39: a message that comes while nobody is there uses all four ways', () => {
    assert.deepEqual(by(), ALL);
});

test('S24: of a conversation without notifications nothing is heard or seen', () => {
    assert.deepEqual(by({ isMuted: true }), NONE);
});

test('S39: whoever looks at the conversation, in whatever tab, gets none', () => {
    assert.deepEqual(by({ crew: { isFocused: true, looking: ['c1'] } }), NONE);
});

test('S39: each way can be off alone', () => {
    const cases = [
        [{ tone: 'never' }, 'tone'],
        [{ flashesTitle: false }, 'title'],
        [{ showsNotices: false }, 'notice'],
        [{ turnsGreen: false }, 'box'],
    ];

    for (const [preferences, way] of cases) assert.deepEqual(by({ preferences }), { ...ALL, [way]: false });
});

test('S40: the tone sounds always, only while the portal is hidden, or never', () => {
    const isFocused = { isFocused: true };

    assert.equal(by({ crew: isFocused }).tone, true);
    assert.equal(by({ crew: isFocused, preferences: { tone: 'hidden' } }).tone, false);
    assert.equal(by({ preferences: { tone: 'hidden' } }).tone, true);
});

test('U8: a tab that is not the one to speak neither rings nor notifies, but flashes', () => {
    assert.deepEqual(by({ crew: { isSpeaker: false } }), { ...ALL, tone: false, notice: false });
});

test('S42: without permission there is no notification of the browser', () => {
    assert.equal(by({ permission: 'denied' }).notice, false);
    assert.equal(by({ permission: 'default' }).notice, false);
});

test('S41: the title takes turns until somebody is back', () => {
    mock.timers.enable({ apis: ['setInterval'] });
    const shown = [];
    const title = new PageTitle((words) => shown.push(words), () => false);
    title.own = 'Home';

    title.flash('c1', 'Ben sent a message');
    mock.timers.tick(2000);
    title.rest();
    mock.timers.tick(5000);
    mock.timers.reset();

    assert.deepEqual(shown, ['Home', 'Ben sent a message', 'Home', 'Ben sent a message', 'Home']);
});

test('S41: with reduced motion the title stands still and says both', () => {
    const shown = [];
    const title = new PageTitle((words) => shown.push(words), () => true);
    title.own = 'Home';

    title.flash('c1', 'Ben sent a message');
    title.rest();

    assert.deepEqual(shown, ['Home', 'Ben sent a message · Home', 'Home']);
});

test('B6: a title rests when the last of the conversations has been read', () => {
    let shown = '';
    const title = new PageTitle((words) => (shown = words), () => true);
    title.own = 'Home';
    title.flash('c1', 'Ben sent a message');
    title.flash('c2', 'Bob sent a message');

    title.settle('c2');
    const left = shown;
    title.settle('c1');

    assert.deepEqual([left, shown], ['Ben sent a message · Home', 'Home']);
});

test('S40: a burst of messages is one tone, also over several tabs', async () => {
    let now = 100_000;
    const kept = new Map();
    const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
    const tabs = [0, 1].map(() => new Tone({ now: () => now, storage }));
    let rung = 0;
    for (const tone of tabs) tone.play = async () => Boolean((rung += 1));

    await tabs[0].ring();
    await tabs[1].ring();
    now += 2000;
    await tabs[0].ring();
    now += 1500;
    await tabs[1].ring();

    assert.equal(rung, 2);
});
