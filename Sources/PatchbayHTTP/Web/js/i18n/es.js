/** All texts in Spanish, by the keys of English. */
import { box } from './es/box.js';
import { calls } from './es/calls.js';
import { dock } from './es/dock.js';
import { emoji } from './es/emoji.js';
import { everywhere } from './es/everywhere.js';
import { messages } from './es/messages.js';
import { notices } from './es/notices.js';
import { push } from './es/push.js';
import { settings } from './es/settings.js';
import { shell } from './es/shell.js';
import { templates } from './es/templates.js';

export { problems } from './es/problems.js';

/** @type {import('./index.js').Catalogue} */
export const es = {
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
