/** The administration: its frame and the blocks that its parts are made of, in French. */
export const texts = {
    'admin.page': 'Administration',
    'admin.domain': 'Domaine',
    'table.actions': 'Actions',
    'table.back': 'Précédent',
    'table.next': 'Suivant',
    'table.pages': 'Pages',
    'table.page': 'Page {page}',
    'table.shown': { one: '{n} ligne affichée', other: '{n} lignes affichées' },
    'form.needed': 'Remplissez ce champ.',
    'form.range': 'Un nombre entier de {least} à {most}.',
    'form.optional': '(facultatif)',
    'form.type': 'Tapez « {words} » pour confirmer',
};
