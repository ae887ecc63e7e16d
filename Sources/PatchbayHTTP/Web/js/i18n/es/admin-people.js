/** Users, numbers, features, domains, import and export, in Spanish. */
export const texts = {
    'admin.users': 'Usuarios',
    'admin.users.hint': 'Quién trabaja aquí, cómo inicia sesión y qué puede usar.',
    'admin.numbers': 'Números',
    'admin.numbers.hint': 'Un número envía mensajes solo si tiene activado SMS y está asignado a un usuario.',
    'admin.features': 'Funciones',
    'admin.features.hint': 'Qué está activado y para quién.',
    'admin.domains': 'Dominios',
    'admin.domains.hint': 'Las empresas de este sistema: región, zona horaria y a dónde se puede llamar.',
    'admin.transfer': 'Importar y exportar',
    'admin.transfer.hint': 'Muchos a la vez, desde una hoja de cálculo o hacia ella.',
};
