/** Tones, notices of the browser, the bell, the connection, in German. */
export const notices = {
    'notices.title': '{name} hat eine Nachricht gesendet',
    'notices.hidden.sms': 'Neue SMS',
    'notices.hidden.chat': 'Neue Chatnachricht',
    'notices.ask': 'Soll Ihr Browser neue Nachrichten anzeigen, wenn Sie woanders sind?',
    'notices.allow': 'Benachrichtigungen erlauben',
    'notices.not-now': 'Jetzt nicht',
    'notices.dismiss': 'Ausblenden',
    'notices.see-all': 'Alle anzeigen',
    'notices.while-away': {
        one: '{n} Nachricht kam, während Sie weg waren',
        other: '{n} Nachrichten kamen, während Sie weg waren',
    },
    'notices.from': 'von {names}',
    'notices.others': { one: '{n} weiteren Person', other: '{n} weiteren Personen' },
    'bell.label': 'Ungelesene Unterhaltungen',
    'bell.label-new': { one: 'Ungelesene Unterhaltungen, {n} neu', other: 'Ungelesene Unterhaltungen, {n} neu' },
    'bell.none': 'Sie haben alles gesehen.',
    'bell.more': { one: '{n} weitere Unterhaltung', other: '{n} weitere Unterhaltungen' },
    'bell.all': 'Alle Nachrichten',
    'link.reconnecting': 'Verbindung wird wiederhergestellt …',
    'link.offline': 'Offline: Was Sie schreiben, wird gesendet, sobald die Verbindung wieder da ist',
};
