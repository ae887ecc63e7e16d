/** The words of the switch in the settings, in the languages of the portal. */

/** @typedef {Record<string, string>} Words */

const en = {
    title: 'E-mail',
    what: 'To {address}, when messages stay unread for {n} minutes while you are away. Not for muted conversations.',
    'what.one': 'To {address}, when messages stay unread for a minute while you are away. Not for muted conversations.',
    missing: 'Your administrator has not entered an e-mail address for you.',
    failed: 'That was not saved. Try again.',
};

const es = {
    title: 'Correo electrónico',
    what: 'A {address}, cuando hay mensajes sin leer durante {n} minutos mientras no está. No para conversaciones silenciadas.',
    'what.one': 'A {address}, cuando hay mensajes sin leer durante un minuto mientras no está. No para conversaciones silenciadas.',
    missing: 'La administración no ha introducido ninguna dirección de correo para usted.',
    failed: 'No se ha guardado. Inténtelo de nuevo.',
};

const de = {
    title: 'E-Mail',
    what: 'An {address}, wenn Nachrichten {n} Minuten ungelesen bleiben, während Sie nicht da sind. Nicht bei stummgeschalteten Unterhaltungen.',
    'what.one': 'An {address}, wenn Nachrichten eine Minute ungelesen bleiben, während Sie nicht da sind. Nicht bei stummgeschalteten Unterhaltungen.',
    missing: 'Die Administration hat für Sie keine E-Mail-Adresse eingetragen.',
    failed: 'Das wurde nicht gespeichert. Versuchen Sie es noch einmal.',
};

const fr = {
    title: 'E-mail',
    what: 'À {address}, quand des messages restent non lus pendant {n} minutes en votre absence. Pas pour les conversations en sourdine.',
    'what.one': 'À {address}, quand des messages restent non lus pendant une minute en votre absence. Pas pour les conversations en sourdine.',
    missing: 'L’administration n’a pas enregistré d’adresse e-mail pour vous.',
    failed: 'Ce n’est pas enregistré. Réessayez.',
};

/** All catalogues, for the test that compares them. */
export const catalogues = /** @type {Record<string, Words>} */ ({ en, es, de, fr });

/**
 * @param {string} wanted "auto" or a language's code
 * @returns {(key: string, values?: Record<string, string | number>) => string}
 */
export function texts(wanted) {
    const base = (/** @type {string} */ tag) => tag.toLowerCase().split('-')[0];
    const browsers = () => base(navigator.languages.find((tag) => base(tag) in catalogues) ?? 'en');
    const words = catalogues[wanted in catalogues ? wanted : browsers()];
    return (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
}
