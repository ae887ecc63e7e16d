/** The shapes that the administration's API sends. */
interface AdminDomain {
    id: string;
    name: string;
    region: string;
    timeZone: string;
    resellerId: string | null;
    claimMinutes: number;
    deniedCalls: string[];
    createdAt: string;
}

interface AdminUser {
    id: string;
    domain: string;
    extension: string;
    name: string;
    email: string | null;
    scope: string;
    hasPassword: boolean;
    isEnabled: boolean;
    createdAt: string;
    lastSeenAt: string | null;
    numbers: { number: string; label: string; formatted: string; hasSMS: boolean }[];
    /** Whether they can use each feature; isOn is their own switch, null where the feature has none. */
    features: { plugin: string; title: string; isOpen: boolean; closedGate: string | null; isOn: boolean | null }[];
}

interface AdminNumber {
    number: string;
    label: string;
    formatted: string;
    domain: string;
    carrier: string | null;
    hasSMS: boolean;
    smsSource: 'switch' | 'phone-system' | null;
    users: { id: string; name: string; extension: string }[];
    createdAt: string;
}

/** Why somebody can or can't use a feature. */
interface FeatureGates {
    plugin: string;
    title: string;
    isOpen: boolean;
    closedGate: string | null;
    reason: string | null;
    levels: { level: string; subject: string | null; isOn: boolean; isExplicit: boolean }[];
}

/** A feature's switches in a domain. */
interface SwitchList {
    plugin: string;
    title: string;
    domain: string;
    levels: string[];
    onByDefault: string[];
    items: { level: string; subject: string; isOn: boolean }[];
}

declare namespace Intl {
    function supportedValuesOf(key: 'timeZone'): string[];
}
