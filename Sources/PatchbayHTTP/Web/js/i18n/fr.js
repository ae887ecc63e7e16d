/** All texts in French, by the keys of English. */
import { box } from './fr/box.js';
import { calls } from './fr/calls.js';
import { dock } from './fr/dock.js';
import { emoji } from './fr/emoji.js';
import { everywhere } from './fr/everywhere.js';
import { messages } from './fr/messages.js';
import { notices } from './fr/notices.js';
import { push } from './fr/push.js';
import { settings } from './fr/settings.js';
import { shell } from './fr/shell.js';
import { templates } from './fr/templates.js';

export { problems } from './fr/problems.js';

/** @type {import('./index.js').Catalogue} */
export const fr = {
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
