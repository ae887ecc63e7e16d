/** The administration: its frame and the blocks that its parts are made of, in Spanish. */
export const texts = {
    'admin.page': 'Administración',
    'admin.domain': 'Dominio',
    'table.actions': 'Acciones',
    'table.back': 'Anterior',
    'table.next': 'Siguiente',
    'table.pages': 'Páginas',
    'table.page': 'Página {page}',
    'table.shown': { one: 'Se muestra {n} fila', other: 'Se muestran {n} filas' },
    'form.needed': 'Rellene este campo.',
    'form.range': 'Un número entero de {least} a {most}.',
    'form.optional': '(opcional)',
    'form.type': 'Escriba «{words}» para confirmar',
};
