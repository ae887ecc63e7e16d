/** Users, numbers, features, domains, import and export, in German. */
export const texts = {
    'admin.users': 'Benutzer',
    'admin.users.hint': 'Wer hier arbeitet, sich wie anmeldet und was nutzen darf.',
    'admin.numbers': 'Nummern',
    'admin.numbers.hint': 'Mit einer Nummer wird nur geschrieben, wenn SMS für sie an ist und ein Benutzer sie hat.',
    'admin.features': 'Funktionen',
    'admin.features.hint': 'Was für wen eingeschaltet ist.',
    'admin.domains': 'Domänen',
    'admin.domains.hint': 'Firmen auf diesem System: Region, Zeitzone und was angerufen werden darf.',
    'admin.transfer': 'Import und Export',
    'admin.transfer.hint': 'Viele auf einmal, aus einer Tabelle und in eine.',
};
