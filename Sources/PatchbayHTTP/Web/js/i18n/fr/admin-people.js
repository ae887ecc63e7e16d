/** Users, numbers, features, domains, import and export, in French. */
export const texts = {
    'admin.users': 'Utilisateurs',
    'admin.users.hint': 'Qui travaille ici, comment il se connecte et ce qu’il peut utiliser.',
    'admin.numbers': 'Numéros',
    'admin.numbers.hint': 'Un numéro n’envoie de SMS que si les SMS y sont activés et qu’un utilisateur l’a.',
    'admin.features': 'Fonctions',
    'admin.features.hint': 'Ce qui est activé, et pour qui.',
    'admin.domains': 'Domaines',
    'admin.domains.hint': 'Les entreprises de ce système : région, fuseau horaire et appels permis.',
    'admin.transfer': 'Import et export',
    'admin.transfer.hint': 'Beaucoup à la fois, depuis un tableur ou vers un tableur.',
};
