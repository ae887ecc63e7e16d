/** Tones, notices of the browser, the bell, the connection, in French. */
export const notices = {
    'notices.title': '{name} a envoyé un message',
    'notices.hidden.sms': 'Nouveau SMS',
    'notices.hidden.chat': 'Nouveau message de chat',
    'notices.ask': 'Votre navigateur doit-il afficher les nouveaux messages lorsque vous êtes ailleurs ?',
    'notices.allow': 'Autoriser les notifications',
    'notices.not-now': 'Pas maintenant',
    'notices.dismiss': 'Masquer',
    'notices.see-all': 'Tout afficher',
    'notices.while-away': {
        one: '{n} message est arrivé en votre absence',
        other: '{n} messages sont arrivés en votre absence',
    },
    'notices.from': 'de {names}',
    'notices.others': { one: '{n} autre', other: '{n} autres' },
    'bell.label': 'Conversations non lues',
    'bell.label-new': { one: 'Conversations non lues, {n} nouvelle', other: 'Conversations non lues, {n} nouvelles' },
    'bell.none': 'Vous avez tout vu.',
    'bell.more': { one: '{n} autre conversation', other: '{n} autres conversations' },
    'bell.all': 'Tous les messages',
    'link.reconnecting': 'Reconnexion…',
    'link.offline': 'Hors ligne : ce que vous écrivez sera envoyé au retour de la connexion',
};
