/**
 * All texts in English. {name} is replaced; a text with one and other is chosen by n. A text goes to its area's file.
 */
import { box } from './en/box.js';
import { calls } from './en/calls.js';
import { dock } from './en/dock.js';
import { emoji } from './en/emoji.js';
import { everywhere } from './en/everywhere.js';
import { messages } from './en/messages.js';
import { notices } from './en/notices.js';
import { push } from './en/push.js';
import { settings } from './en/settings.js';
import { shell } from './en/shell.js';
import { templates } from './en/templates.js';

export const en = {
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
