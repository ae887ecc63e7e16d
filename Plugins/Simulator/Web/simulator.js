/** The page of the customers' phones. It looks every second; the phones are not users and have no event stream. */
import { Api, ApiError } from '/js/lib/api.js';
import { h, icon } from '/js/lib/h.js';
import '/js/shell/theme.js';
import { Phone } from './phone.js';
import { texts } from './texts.js';

const EVERY = 1000;

const api = new Api();
const main = /** @type {HTMLElement} */ (document.getElementById('main'));
/** @type {Map<string, Phone>} */
const phones = new Map();
const row = h('div', { class: 'phones' });

/** @param {string} number @param {string} to @param {string} text */
async function send(number, to, text) {
    await api.post(`/simulator/phones/${encodeURIComponent(number)}/messages`, { to, text });
    await look();
}

async function look() {
    const { items } = await api.get('/simulator/phones');
    for (const data of items) {
        const known = phones.get(data.number);
        if (known) known.show(data);
        else add(data);
    }
}

/** @param {import('./phone.js').PhoneData} data */
function add(data) {
    const phone = new Phone(data, send);
    phones.set(data.number, phone);
    row.lastElementChild?.before(phone.el);
    phone.log.scrollTop = phone.log.scrollHeight;
}

/**
 * The form of a customer who has not written yet.
 * @param {{number: string, formatted: string, label: string}[]} numbers
 */
function another(numbers) {
    const options = numbers.map((n) => h('option', { value: n.number }, `${n.formatted} · ${n.label}`));
    const labelled = (/** @type {string} */ words, /** @type {any} */ field) => h('label', {}, words, field);
    const number = h('input', { name: 'number', required: true, autocomplete: 'off', inputmode: 'tel' });
    // Who has no number of their own writes to any of the company.
    const field = { name: 'to', required: true };
    const to = options.length > 0 ? h('select', field, options) : h('input', { ...field, autocomplete: 'off', inputmode: 'tel' });
    const text = h('textarea', { name: 'text', rows: 3, required: true });
    const error = h('p', { class: 'error', role: 'alert' });
    const button = h('button', { class: 'btn primary' }, texts.send);
    const form = h(
        'form',
        {},
        h('h2', {}, texts.newPhone),
        h('p', {}, texts.newPhoneHint),
        labelled(texts.theirNumber, number),
    );
    form.append(labelled(texts.to, to), labelled(texts.text, text), error, button);
    form.addEventListener('submit', async (/** @type {Event} */ event) => {
        event.preventDefault();
        try {
            await send(number.value.trim(), to.value, text.value.trim());
            error.textContent = '';
            text.value = '';
        } catch (failure) {
            error.textContent = /** @type {Error} */ (failure).message;
        }
    });
    return h('section', { class: 'phone new', 'aria-label': texts.newPhone }, form);
}

async function begin() {
    const back = h('a', { class: 'btn', href: '/' }, texts.back);
    const head = h(
        'header',
        { class: 'title' },
        h('div', {}, h('h1', {}, texts.title), h('p', {}, texts.explained)),
        back,
    );
    main.replaceChildren(head, row);
    try {
        const session = await api.get('/session');
        row.append(another(session.numbers));
        await look();
        keepLooking();
    } catch (failure) {
        const isOut = failure instanceof ApiError && failure.status === 401;
        const words = isOut ? texts.signIn : /** @type {Error} */ (failure).message;
        row.replaceChildren(h('p', { class: 'error' }, icon('alert', 18), words));
    }
    document.documentElement.dataset.ready = '1';
}

/** A look that fails is made up for by the next one. */
function keepLooking() {
    setTimeout(() => {
        const looking = document.visibilityState === 'visible' ? look() : Promise.resolve();
        looking.catch(() => {}).finally(keepLooking);
    }, EVERY);
}

begin();
