/** The card of one connection: what it is, its self-test, a real test message, and what has come in. */
import { t } from '../../../i18n/index.js';
import { h } from '../../../lib/h.js';
import { part } from '../system/pieces.js';
import { inbound } from './inbound.js';
import { selfTest } from './self-test.js';
import { testMessage } from './test-message.js';

/**
 * @param {import('../../../shell/app.js').App} app
 * @param {any} connection
 * @returns {{el: any, show: (connection: any) => void}}
 */
export function connectionCard(app, connection) {
    const { isCarrier, isPBX, canSelfTest, name } = connection;
    const kinds = h('span', { class: 'kinds' });
    if (isCarrier) kinds.append(h('span', { class: 'origin' }, t('carriers.kind.carrier')));
    if (isPBX) kinds.append(h('span', { class: 'origin' }, t('carriers.kind.pbx')));
    const el = part(name, h('div', { class: 'pad trials' }));
    el.querySelector('header').append(kinds);
    const body = el.querySelector('.trials');
    const message = isCarrier ? testMessage(app, connection) : null;
    const came = isCarrier ? inbound(connection) : null;
    body.append(...[canSelfTest && selfTest(app, connection), message?.el, came?.el].filter(Boolean));
    const show = (/** @type {any} */ now) => {
        message?.show(now.lastTest);
        came?.show(now.lastInbound);
    };
    return { el, show };
}
