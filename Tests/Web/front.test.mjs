/** Who has the portal in front says so, again each minute, and not when it is no news (S42). */
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Front } from '../../Sources/PatchbayHTTP/Web/js/live/front.js';

/** @returns {{front: Front, said: boolean[]}} */
function watched() {
    /** @type {boolean[]} */
    const said = [];
    const front = new Front(async (path, { isInFront }) => {
        assert.equal(path, '/push/front');
        said.push(isInFront);
    });
    return { front, said };
}

test('S42: it is said when it changes, and again each minute while it is so', () => {
    mock.timers.enable({ apis: ['setInterval'] });
    const { front, said } = watched();

    front.set(false);
    front.set(true);
    front.set(true);
    mock.timers.tick(120_000);
    front.set(false);
    mock.timers.tick(120_000);

    assert.deepEqual(said, [true, true, true, false]);
    mock.timers.reset();
});

test('S42: a server that was started anew is told again; one whose stream has ended is not', () => {
    mock.timers.enable({ apis: ['setInterval'] });
    const { front, said } = watched();

    front.set(true);
    front.again();
    front.rest();
    mock.timers.tick(120_000);

    assert.deepEqual(said, [true, true]);
    mock.timers.reset();
});
