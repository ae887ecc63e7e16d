/** Small states and messages for the tests. */
import { initialState } from '../../Sources/PatchbayHTTP/Web/js/lib/state.js';

export const ME = 'ann';

export const message = (sequence, more = {}) => ({
    id: `m${sequence}`,
    conversationId: 'c1',
    sequence,
    clientId: null,
    authorId: null,
    direction: 'in',
    via: null,
    text: `Message ${sequence}`,
    attachments: [],
    state: 'received',
    reason: null,
    segments: 1,
    createdAt: new Date(Date.UTC(2026, 10, 20, 10, 0, sequence ?? 59)).toISOString(),
    ...more,
});

export const conversation = (more = {}) => ({
    id: 'c1',
    kind: 'sms',
    title: 'Bob Smith',
    label: 'Mobile',
    contactId: 'bob',
    remote: '+16195550142',
    remoteFormatted: '(619) 555-0142',
    members: [],
    unread: 0,
    isMuted: false,
    from: null,
    readUpTo: 0,
    lastSequence: 0,
    lastMessage: null,
    lastAt: '2026-11-20T09:00:00.000Z',
    ...more,
});

export const state = (conversations = [conversation()], more = {}) => ({
    ...initialState(),
    phase: 'in',
    session: { user: { id: ME, name: 'Ann' }, unread: conversations.filter((c) => c.unread > 0).length },
    conversations: new Map(conversations.map((c) => [c.id, c])),
    ...more,
});
