import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as format from '../../Sources/PatchbayHTTP/Web/js/lib/format.js';
import { inAnHour, localInput, tomorrowMorning } from '../../Sources/PatchbayHTTP/Web/js/lib/later.js';

const home = process.env.TZ;
after(() => {
    if (home === undefined) delete process.env.TZ;
    else process.env.TZ = home;
});

/** Zone, and the first moment of a day on which clocks change there, with its length in hours. */
const changes = [
    ['Europe/Berlin', '2026-03-28T23:00:00Z', 23],
    ['Europe/Berlin', '2026-10-24T22:00:00Z', 25],
    ['America/Los_Angeles', '2026-03-08T08:00:00Z', 23],
    ['America/Los_Angeles', '2026-11-01T07:00:00Z', 25],
    ['Australia/Lord_Howe', '2026-10-03T13:30:00Z', 23.5],
    ['Australia/Lord_Howe', '2026-04-04T13:00:00Z', 24.5],
    ['America/Havana', '2026-03-08T05:00:00Z', 23],
];

for (const [zone, begin, hours] of changes) {
    test(`F30: ${zone}, a day of ${hours} hours: each moment is of its day, and tomorrow at eight is at eight`, () => {
        process.env.TZ = zone;
        const start = Date.parse(begin);
        const at = (/** @type {number} */ hour) => new Date(start + hour * 3_600_000);
        const days = [-0.01, 0, hours / 2, hours - 0.01, hours].map((hour) => format.dayNumber(at(hour)));

        assert.deepEqual(
            days.map((number) => number - days[1]),
            [-1, 0, 0, 0, 1],
        );
        assert.equal(format.day(at(hours - 0.01), at(hours)), 'Yesterday');
        assert.equal(format.day(at(0), at(hours - 0.01)), 'Today');
        for (const now of [at(-1), at(0), at(hours - 0.5)]) {
            assert.match(localInput(tomorrowMorning(now)), /T08:00$/);
            assert.equal(format.dayNumber(tomorrowMorning(now)) - format.dayNumber(now), 1);
            assert.equal(inAnHour(now) - now, 3_600_000);
        }
    });
}
