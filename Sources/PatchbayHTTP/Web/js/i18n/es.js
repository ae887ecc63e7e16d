/** All texts in Spanish, by the keys of English. */
import { admin } from './es/admin.js';
import { box } from './es/box.js';
import { calls } from './es/calls.js';
import { common } from './es/common.js';
import { dock } from './es/dock.js';
import { emoji } from './es/emoji.js';
import { messages } from './es/messages.js';
import { notices } from './es/notices.js';
import { settings } from './es/settings.js';
import { shell } from './es/shell.js';
import { templates } from './es/templates.js';

/** @type {import('./index.js').Catalogue} */
export const es = {
    ...admin,
    ...box,
    ...calls,
    ...common,
    ...dock,
    ...emoji,
    ...messages,
    ...notices,
    ...settings,
    ...shell,
    ...templates,
};
