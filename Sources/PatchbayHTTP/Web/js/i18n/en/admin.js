/** The administration: its frame and the blocks that its parts are made of, in English. */
export const texts = {
    'admin.page': 'Administration',
    'admin.domain': 'Domain',
    'table.actions': 'Actions',
    'table.back': 'Back',
    'table.next': 'Next',
    'table.pages': 'Pages',
    'table.page': 'Page {page}',
    'table.shown': { one: '{n} row shown', other: '{n} rows shown' },
    'form.needed': 'Fill this in.',
    'form.range': 'A whole number from {least} to {most}.',
    'form.optional': '(optional)',
    'form.type': 'Type “{words}” to confirm',
};
