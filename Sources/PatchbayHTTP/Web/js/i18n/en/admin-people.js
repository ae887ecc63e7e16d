/** Users, numbers, features, domains, import and export, in English. */
export const texts = {
    'admin.users': 'Users',
    'admin.users.hint': 'Who works here, how they sign in, and what they may use.',
    'admin.numbers': 'Numbers',
    'admin.numbers.hint': 'A number texts only when SMS is switched on for it, and a user has it.',
    'admin.features': 'Features',
    'admin.features.hint': 'What is switched on for whom.',
    'admin.domains': 'Domains',
    'admin.domains.hint': 'Companies on this system, their region, their hours and what may be called.',
    'admin.transfer': 'Import and export',
    'admin.transfer.hint': 'Many at once, from a spreadsheet and into one.',
};
