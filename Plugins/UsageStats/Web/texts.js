/** The words of the usage statistics, in the languages of the portal; numbers, days and times as the reader writes them. */
import { languageFor } from '/js/i18n/index.js';

/** @typedef {Record<string, string>} Words */

/** @type {Words} */
const en = {
    title: 'SMS usage',
    zone: 'Days in {zone}',
    counting: 'Older messages are still being counted.',
    period: 'Period',
    days: '{n} days',
    export: 'Export CSV',
    received: 'Received',
    sent: 'Sent',
    parts: 'Parts',
    'parts-each': '{n} parts a text',
    failed: 'Not delivered',
    'of-sent': '{share} of those sent',
    delivered: 'Delivered',
    'first-reply': 'First reply',
    p95: '19 of 20 within {time}',
    'no-replies': 'Nobody waited',
    'opt-outs': 'Opt-outs',
    chats: 'Chat messages',
    video: 'Video sessions: {n}',
    'counter.Sent': 'Sent',
    'counter.Received': 'Received',
    Today: 'today',
    ThisMonth: 'this month',
    LastMonth: 'last month',
    'on-before': 'on the period before',
    'by-day': 'By day',
    chart: 'Texts by day from {from} to {to}: {received} received, {sent} sent.',
    'as-table': 'Show as a table',
    day: 'Day',
    numbers: 'Busiest numbers',
    'number-said': '{received} received, {sent} sent',
    none: 'Nothing in these days.',
    people: 'People',
    person: 'Person',
    gone: 'Somebody who has left',
    domains: 'Companies',
    domain: 'Company',
    reasons: 'Why texts were not delivered',
    reason: 'Reason',
    'no-reason': 'No reason given',
};

/** @type {Words} */
const es = {
    title: 'Uso de SMS',
    zone: 'Días en {zone}',
    counting: 'Aún se están contando mensajes antiguos.',
    period: 'Periodo',
    days: '{n} días',
    export: 'Exportar CSV',
    received: 'Recibidos',
    sent: 'Enviados',
    parts: 'Partes',
    'parts-each': '{n} partes por texto',
    failed: 'No entregados',
    'of-sent': '{share} de los enviados',
    delivered: 'Entregados',
    'first-reply': 'Primera respuesta',
    p95: '19 de 20 en {time}',
    'no-replies': 'Nadie esperó',
    'opt-outs': 'Bajas',
    chats: 'Mensajes de chat',
    video: 'Sesiones de vídeo: {n}',
    'counter.Sent': 'Enviados',
    'counter.Received': 'Recibidos',
    Today: 'hoy',
    ThisMonth: 'este mes',
    LastMonth: 'mes pasado',
    'on-before': 'sobre el periodo anterior',
    'by-day': 'Por día',
    chart: 'SMS por día del {from} al {to}: {received} recibidos, {sent} enviados.',
    'as-table': 'Mostrar como tabla',
    day: 'Día',
    numbers: 'Números con más uso',
    'number-said': '{received} recibidos, {sent} enviados',
    none: 'Nada en estos días.',
    people: 'Personas',
    person: 'Persona',
    gone: 'Alguien que ya no está',
    domains: 'Empresas',
    domain: 'Empresa',
    reasons: 'Por qué no se entregaron',
    reason: 'Motivo',
    'no-reason': 'Sin motivo',
};

/** @type {Words} */
const de = {
    title: 'SMS-Nutzung',
    zone: 'Tage in {zone}',
    counting: 'Ältere Nachrichten werden noch gezählt.',
    period: 'Zeitraum',
    days: '{n} Tage',
    export: 'CSV exportieren',
    received: 'Empfangen',
    sent: 'Gesendet',
    parts: 'Teile',
    'parts-each': '{n} Teile je SMS',
    failed: 'Nicht zugestellt',
    'of-sent': '{share} der gesendeten',
    delivered: 'Zugestellt',
    'first-reply': 'Erste Antwort',
    p95: '19 von 20 innerhalb von {time}',
    'no-replies': 'Niemand hat gewartet',
    'opt-outs': 'Abmeldungen',
    chats: 'Chat-Nachrichten',
    video: 'Videositzungen: {n}',
    'counter.Sent': 'Gesendet',
    'counter.Received': 'Empfangen',
    Today: 'heute',
    ThisMonth: 'dieser Monat',
    LastMonth: 'letzter Monat',
    'on-before': 'zum Zeitraum davor',
    'by-day': 'Nach Tagen',
    chart: 'SMS nach Tagen vom {from} bis {to}: {received} empfangen, {sent} gesendet.',
    'as-table': 'Als Tabelle zeigen',
    day: 'Tag',
    numbers: 'Meistgenutzte Nummern',
    'number-said': '{received} empfangen, {sent} gesendet',
    none: 'Nichts in diesen Tagen.',
    people: 'Personen',
    person: 'Person',
    gone: 'Jemand, der nicht mehr da ist',
    domains: 'Firmen',
    domain: 'Firma',
    reasons: 'Warum SMS nicht zugestellt wurden',
    reason: 'Grund',
    'no-reason': 'Kein Grund genannt',
};

/** @type {Words} */
const fr = {
    title: 'Utilisation des SMS',
    zone: 'Jours de {zone}',
    counting: 'Les anciens messages sont encore en cours de comptage.',
    period: 'Période',
    days: '{n} jours',
    export: 'Exporter en CSV',
    received: 'Reçus',
    sent: 'Envoyés',
    parts: 'Parties',
    'parts-each': '{n} parties par SMS',
    failed: 'Non distribués',
    'of-sent': '{share} des envois',
    delivered: 'Distribués',
    'first-reply': 'Première réponse',
    p95: '19 sur 20 en {time}',
    'no-replies': 'Personne n’a attendu',
    'opt-outs': 'Désinscriptions',
    chats: 'Messages de discussion',
    video: 'Sessions vidéo : {n}',
    'counter.Sent': 'Envoyés',
    'counter.Received': 'Reçus',
    Today: 'aujourd’hui',
    ThisMonth: 'ce mois',
    LastMonth: 'mois dernier',
    'on-before': 'sur la période d’avant',
    'by-day': 'Par jour',
    chart: 'SMS par jour du {from} au {to} : {received} reçus, {sent} envoyés.',
    'as-table': 'Afficher en tableau',
    day: 'Jour',
    numbers: 'Numéros les plus utilisés',
    'number-said': '{received} reçus, {sent} envoyés',
    none: 'Rien pendant ces jours.',
    people: 'Personnes',
    person: 'Personne',
    gone: 'Quelqu’un qui est parti',
    domains: 'Sociétés',
    domain: 'Société',
    reasons: 'Pourquoi des SMS n’ont pas été distribués',
    reason: 'Raison',
    'no-reason': 'Aucune raison donnée',
};

const LANGUAGES = /** @type {Record<string, Words>} */ ({ en, es, de, fr });
let words = en;
let tag = 'en-US';

/**
 * The language that the reader has chosen in the portal, else the browser's.
 * @param {string} wanted "auto" or a code
 */
export async function useTexts(wanted) {
    tag = languageFor(wanted, navigator.languages);
    words = LANGUAGES[tag.slice(0, 2)] ?? en;
}

/**
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export const t = (key, values = {}) =>
    words[key].replace(/\{(\w+)\}/g, (_, name) => {
        const value = values[name];
        return typeof value === 'number' ? number(value) : value;
    });

/** @param {number} value @param {number} [digits] after the point */
export const number = (value, digits = 0) => new Intl.NumberFormat(tag, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

/** @param {number} share */
export const percent = (share) => new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 }).format(share);

/** @param {string} date ISO 8601 */
export const day = (date) =>
    new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));

/**
 * How long somebody waited, in the largest unit that says it well.
 * @param {number} seconds
 */
export function wait(seconds) {
    const units = /** @type {[number, string][]} */ ([
        [86_400, 'day'],
        [3600, 'hour'],
        [60, 'minute'],
        [1, 'second'],
    ]);
    const [size, unit] = units.find(([least]) => seconds >= least * 1.5) ?? units[3];
    const options = { style: /** @type {const} */ ('unit'), unit, unitDisplay: /** @type {const} */ ('short'), maximumFractionDigits: 0 };
    return new Intl.NumberFormat(tag, options).format(seconds / size);
}
