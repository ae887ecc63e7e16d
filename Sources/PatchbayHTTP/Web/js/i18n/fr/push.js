/** Notifications lorsque le portail est fermé, en français. */
export const push = {
    'push.title': 'Aussi lorsque le portail est fermé',
    'push.on': 'Ce navigateur vous prévient tant qu’il fonctionne, même si aucun onglet du portail n’est ouvert.',
    'push.off': 'Désactivé dans ce navigateur. À l’activation, votre navigateur vous le demandera peut-être une fois.',
    'push.denied':
        'Votre navigateur les bloque. Autorisez les notifications pour cette adresse dans les paramètres de site du navigateur.',
    'push.impossible':
        'Ce navigateur ne peut pas vous prévenir lorsque le portail est fermé. Sur un iPhone, ajoutez d’abord le portail à l’écran d’accueil.',
    'push.not-here': 'Ce n’est pas configuré ici. Votre administrateur peut l’activer pour ce portail.',
    'push.failed': 'Le service de notifications de votre navigateur est injoignable. Réessayez plus tard.',
    'push.browsers': 'Navigateurs prévenus',
    'push.since': 'depuis le {when}',
    'push.remove': 'Retirer',
    'push.remove-named': 'Ne plus prévenir {what}',
    'push.removed': 'Ce navigateur n’est plus prévenu.',
    'push.invitation': 'Vous invite à un appel vidéo',
    'push.missed': 'Vous avez manqué un appel vidéo',
    'push.answered': 'L’appel vidéo a été pris ailleurs',
};
