/** Tones, notices of the browser, the bell, the connection, in English. */
export const notices = {
    'notices.title': '{name} sent a message',
    'notices.hidden.sms': 'New SMS',
    'notices.hidden.chat': 'New chat message',
    'notices.ask': 'Shall your browser show new messages when you are elsewhere?',
    'notices.allow': 'Allow notifications',
    'notices.not-now': 'Not now',
    'notices.dismiss': 'Dismiss',
    'notices.see-all': 'See all',
    'notices.while-away': {
        one: '{n} message came in while you were away',
        other: '{n} messages came in while you were away',
    },
    'notices.from': 'from {names}',
    'notices.others': { one: '{n} other', other: '{n} others' },

    'bell.label': 'Unread conversations',
    'bell.label-new': { one: 'Unread conversations, {n} new', other: 'Unread conversations, {n} new' },
    'bell.none': 'You have seen everything.',
    'bell.more': { one: '{n} more conversation', other: '{n} more conversations' },
    'bell.all': 'All messages',

    'link.reconnecting': 'Reconnecting…',
    'link.offline': 'Offline: what you write is sent when the connection is back',
};
