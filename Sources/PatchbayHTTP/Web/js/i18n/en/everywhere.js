/** Words that several parts use, in English. */
export const everywhere = {
    product: 'Patchbay',
    skip: 'Skip to content',
    cancel: 'Cancel',
    close: 'Close',
    save: 'Save',
    undo: 'Undo',
    unread: { one: '{n} unread', other: '{n} unread' },
    missed: { one: '{n} missed message', other: '{n} missed messages' },

    'error.network': 'The portal cannot be reached. Check your connection.',
    'error.unknown': 'Something went wrong (status {status}). Try again.',
    'error.start': 'The portal did not start',
    'error.again': 'Try again',

    'kind.sms.tag': 'SMS',
    'kind.chat.tag': 'CHAT',
    'person.extension': 'Ext. {extension}',
    'presence.online': 'Chat: online',
    'presence.offline': 'Chat: offline',
    'phone.idle': 'Phone free',
    'phone.busy': 'On a call',
    'phone.ringing': 'Phone ringing',
    'phone.offline': 'Phone offline',
    'phone.unknown': 'Phone state unknown',
};
