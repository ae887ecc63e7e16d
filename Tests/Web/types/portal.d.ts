/** The shapes that the API sends (see /api/v1/openapi.json) and the state that the portal keeps. */
interface Person {
    id: string;
    name: string;
    extension: string;
    presence: 'online' | 'offline';
    phone: 'idle' | 'ringing' | 'busy' | 'offline' | 'unknown';
    canChat: boolean;
}

interface LabelledNumber {
    label: string;
    value: string;
    formatted: string;
}

interface Contact {
    id: string;
    name: string;
    company: string;
    notes: string;
    isShared: boolean;
    numbers: LabelledNumber[];
    emails: { label: string; value: string }[];
}

/** A contact as it is typed. */
interface ContactDraft {
    name: string;
    company: string;
    notes: string;
    isShared: boolean;
    numbers: { label: string; value: string }[];
    emails: { label: string; value: string }[];
}

interface Attachment {
    id: string;
    name: string;
    type: string;
    size: number;
}

interface Message {
    id: string;
    conversationId: string;
    /** Absent while the server has not seen it. */
    sequence?: number;
    clientId: string | null;
    authorId: string | null;
    direction: 'in' | 'out';
    via: string | null;
    text: string;
    attachments: Attachment[];
    state: 'sending' | 'waiting' | 'pending' | 'accepted' | 'sent' | 'delivered' | 'failed' | 'received';
    reason: string | null;
    segments: number;
    createdAt: string;
    /** Nobody typed it: an away reply. */
    isAutomatic?: boolean;
    /** What it waits for while it is pending. */
    hold?: Hold | null;
    /** Ours, until the server has it: whether it may come at night. */
    quietHours?: 'hold' | 'send';
    /** Ours: stays the same from the first echo to the last receipt. */
    key: string;
}

/** The end of the quiet hours at the recipient's; no zone where several are possible. */
interface Hold {
    until: string;
    timeZone: string | null;
}

interface Compose {
    isOpen: boolean;
    closedGate: string | null;
    id: string | null;
    reason: string | null;
    hold?: Hold | null;
    from: { number: string; label: string; formatted: string }[];
    maximum?: { characters: number; attachments: number };
}

interface Conversation {
    id: string;
    kind: 'sms' | 'chat';
    title: string;
    label: string | null;
    contactId: string | null;
    remote: string | null;
    remoteFormatted: string | null;
    members: { id: string; name: string; extension: string }[];
    unread: number;
    isMuted: boolean;
    from: string | null;
    readUpTo: number;
    lastSequence: number;
    lastMessage: Message | null;
    /** Null while nothing was said. */
    lastAt: string | null;
    compose?: Compose;
    /** Who answers a customer of a shared number; null when nobody has begun to. */
    claim?: Claim | null;
    isShared?: boolean;
    /** Everybody else has left a chat without a name; its title only says so. */
    isDeserted?: boolean;
}

interface Claim {
    userId: string;
    name: string;
    expiresAt: string;
}

interface Scheduled {
    id: string;
    conversationId: string;
    clientId: string;
    text: string;
    from: string | null;
    attachments: Attachment[];
    sendAt: string;
    state: 'waiting' | 'refused';
    reason: string | null;
    createdAt: string;
}

interface Template {
    id: string;
    name: string;
    text: string;
    isShared: boolean;
    canEdit: boolean;
}

interface Session {
    user: { id: string; name: string; extension: string; email: string | null; scope: string };
    domain: { id: string; name: string; region: string; timeZone: string };
    features: Record<string, { isOpen: boolean; closedGate: string | null; id: string | null; reason: string | null }>;
    numbers: { number: string; label: string; formatted: string }[];
    /** Where the event log stood. */
    eventsUpTo: string;
    unread: number;
    permissions: string[];
    slots: { slot: string; plugin: string; module: string; element: string }[];
    limits: { text?: number; attachment?: number };
    preferences?: Partial<Preferences>;
    calls?: { isOpen: boolean; id: string | null; reason: string | null };
}

/** A call that the reader placed from the portal. */
interface Call {
    id: string;
    clientId: string;
    /** A number in E.164, or an extension. */
    to: string;
    toFormatted: string;
    name: string | null;
    userId: string | null;
    contactId: string | null;
    state: 'ringing' | 'connecting' | 'talking' | 'ended' | 'failed' | 'cancelled';
    failure: string | null;
    reason: string | null;
    startedAt: string;
    answeredAt: string | null;
    endedAt: string | null;
}

interface Preferences {
    tone: 'always' | 'hidden' | 'never';
    flashesTitle: boolean;
    showsNotices: boolean;
    hidesText: boolean;
    turnsGreen: boolean;
    undoSendSeconds: 0 | 5 | 10 | 20 | 30;
    away: { isOn: boolean; text: string };
    letterKeys: boolean;
    language: 'auto' | 'en' | 'es' | 'de' | 'fr';
    density: 'comfortable' | 'compact';
}

/** One sign-in of the user, on some machine. */
interface SignIn {
    id: string;
    createdAt: string;
    lastSeenAt: string;
    userAgent: string;
    address: string;
    isCurrent: boolean;
}

interface MessageThread {
    items: Message[];
    hasOlder: boolean;
    /** Where the line "New" stands: the first message that was unread when the box was opened. */
    newFrom: number | null;
    /** Whether the server has been asked: until then there is only what was written here. */
    isLoaded?: boolean;
}

interface Box {
    /** The conversation, or "new" for the box that asks who to write to. */
    id: string;
    isMinimised: boolean;
}

interface State {
    phase: 'starting' | 'out' | 'in';
    link: 'connecting' | 'live' | 'reconnecting';
    session: Session | null;
    conversations: Map<string, Conversation>;
    /** How often each conversation was deleted since the page was loaded. */
    deletions: Map<string, number>;
    threads: Map<string, MessageThread>;
    people: Person[];
    contacts: Contact[];
    /** Per conversation, who is writing. */
    typing: Map<string, Set<string>>;
    /** Per conversation and user, how far they have read. */
    reads: Map<string, Map<string, number>>;
    boxes: Box[];
    /** The conversation that a page shows. */
    shown: string | null;
    /** Per conversation, what will be sent later. */
    scheduled: Map<string, Scheduled[]>;
    /** Null until somebody has asked for them. */
    templates: Template[] | null;
    /** The reader's calls that are under way, or over just now. */
    calls: Map<string, Call>;
}

/** One line of a message log, ready to be shown. */
type Row =
    | { key: string; type: 'day'; date: Date }
    | { key: string; type: 'new' }
    | MessageRow;

interface MessageRow {
    key: string;
    type: 'message';
    message: Message;
    isMine: boolean;
    isFirst: boolean;
    isLast: boolean;
    /** Our number, where the conversation has used more than one. */
    via: string | null;
}
