/** All texts in French, by the keys of English. */
import { admin } from './fr/admin.js';
import { box } from './fr/box.js';
import { calls } from './fr/calls.js';
import { common } from './fr/common.js';
import { dock } from './fr/dock.js';
import { emoji } from './fr/emoji.js';
import { messages } from './fr/messages.js';
import { notices } from './fr/notices.js';
import { settings } from './fr/settings.js';
import { shell } from './fr/shell.js';
import { templates } from './fr/templates.js';

/** @type {import('./index.js').Catalogue} */
export const fr = {
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
