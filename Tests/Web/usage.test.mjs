import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scaleTop } from '../../Plugins/UsageStats/Web/scale.js';

test('S67: the lines of the chart stand at whole numbers, and the highest column fits', () => {
    for (let most = 1; most < 5000; most += 1) {
        const top = scaleTop(most);
        assert.ok(Number.isInteger(top / 4) && top >= most && top <= Math.max(4, 2 * most), `${most}: ${top}`);
    }
    assert.deepEqual([1, 4, 5, 41, 50, 90, 101].map(scaleTop), [4, 4, 8, 60, 60, 100, 120]);
});
