/** The administration: its frame and the blocks that its parts are made of, in German. */
export const texts = {
    'admin.page': 'Verwaltung',
    'admin.domain': 'Domäne',
    'table.actions': 'Aktionen',
    'table.back': 'Zurück',
    'table.next': 'Weiter',
    'table.pages': 'Seiten',
    'table.page': 'Seite {page}',
    'table.shown': { one: '{n} Zeile angezeigt', other: '{n} Zeilen angezeigt' },
    'form.needed': 'Bitte ausfüllen.',
    'form.range': 'Eine ganze Zahl von {least} bis {most}.',
    'form.optional': '(freiwillig)',
    'form.type': 'Zum Bestätigen „{words}“ eingeben',
};
