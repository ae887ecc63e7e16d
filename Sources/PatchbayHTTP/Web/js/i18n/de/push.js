/** Benachrichtigungen bei geschlossenem Portal, auf Deutsch. */
export const push = {
    'push.title': 'Auch wenn das Portal geschlossen ist',
    'push.on': 'Dieser Browser meldet Neues, solange er läuft, auch wenn kein Tab des Portals offen ist.',
    'push.off': 'In diesem Browser aus. Beim Einschalten fragt Ihr Browser Sie vielleicht einmal.',
    'push.denied':
        'Ihr Browser blockiert sie. Erlauben Sie Benachrichtigungen für diese Adresse in den Website-Einstellungen des Browsers.',
    'push.impossible':
        'Dieser Browser kann bei geschlossenem Portal nichts melden. Auf einem iPhone legen Sie das Portal zuerst auf den Home-Bildschirm.',
    'push.not-here': 'Hier nicht eingerichtet. Ihre Administration kann es für dieses Portal einschalten.',
    'push.failed':
        'Der Benachrichtigungsdienst Ihres Browsers war nicht erreichbar. Bitte versuchen Sie es später erneut.',
    'push.browsers': 'Browser, die Neues melden',
    'push.since': 'seit {when}',
    'push.remove': 'Entfernen',
    'push.remove-named': '{what} nicht mehr benachrichtigen',
    'push.removed': 'Dieser Browser wird nicht mehr benachrichtigt.',
    'push.invitation': 'Lädt Sie zu einem Videogespräch ein',
    'push.missed': 'Sie haben ein Videogespräch verpasst',
    'push.answered': 'Das Videogespräch wurde anderswo angenommen',
};
