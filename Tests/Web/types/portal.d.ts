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
    /** Ours: stays the same from the first echo to the last receipt. */
    key: string;
}

interface Compose {
    isOpen: boolean;
    closedGate: string | null;
    reason: string | null;
    from: { number: string; label: string; formatted: string }[];
    maximum?: { characters: number; segments: number };
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
}

interface Session {
    user: { id: string; name: string; extension: string; email: string | null; scope: string };
    domain: { id: string; name: string; region: string; timeZone: string };
    features: Record<string, { isOpen: boolean; closedGate: string | null; reason: string | null }>;
    numbers: { number: string; label: string; formatted: string }[];
    unread: number;
    permissions: string[];
    slots: { slot: string; plugin: string; module: string; element: string }[];
    limits: { text?: number; attachment?: number };
}

interface MessageThread {
    items: Message[];
    hasOlder: boolean;
    /** Where the line "New" stands: the first message that was unread when the box was opened. */
    newFrom: number | null;
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
    threads: Map<string, MessageThread>;
    people: Person[];
    contacts: Contact[];
    /** Per conversation, who is writing. */
    typing: Map<string, Set<string>>;
    /** Per conversation and user, how far they have read. */
    reads: Map<string, Map<string, number>>;
    boxes: Box[];
}

/** One line of a message log, ready to be shown. */
type Row =
    | { key: string; type: 'day'; date: Date }
    | { key: string; type: 'new' }
    | { key: string; type: 'message'; message: Message; isMine: boolean; isFirst: boolean; isLast: boolean };
