/** All texts in German, by the keys of English. */
import { box } from './de/box.js';
import { calls } from './de/calls.js';
import { dock } from './de/dock.js';
import { emoji } from './de/emoji.js';
import { everywhere } from './de/everywhere.js';
import { messages } from './de/messages.js';
import { notices } from './de/notices.js';
import { push } from './de/push.js';
import { settings } from './de/settings.js';
import { shell } from './de/shell.js';
import { templates } from './de/templates.js';

export { problems } from './de/problems.js';

/** @type {import('./index.js').Catalogue} */
export const de = {
    ...box,
    ...calls,
    ...dock,
    ...emoji,
    ...everywhere,
    ...messages,
    ...notices,
    ...push,
    ...settings,
    ...shell,
    ...templates,
};
