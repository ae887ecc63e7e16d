/** What a session runs on, from what its browser says of itself. The names are proper names in every language. */

/** The first that fits: browsers name those that they descend from, too. */
const BROWSERS = [
    [/\bEdg\//, 'Edge'],
    [/\bOPR\//, 'Opera'],
    [/\bFirefox\//, 'Firefox'],
    [/\b(Headless)?Chrom(e|ium)\//, 'Chrome'],
    [/\bSafari\//, 'Safari'],
];
const SYSTEMS = [
    [/\b(iPhone|iPad)\b/, 'iOS'],
    [/\bAndroid\b/, 'Android'],
    [/\bWindows\b/, 'Windows'],
    [/\bMac OS X\b/, 'macOS'],
    [/\bCrOS\b/, 'ChromeOS'],
    [/\bLinux\b/, 'Linux'],
];

/**
 * @param {string} userAgent
 * @returns {{browser: string | null, system: string | null}}
 */
export function device(userAgent) {
    const first = (/** @type {any[][]} */ list) => list.find(([sign]) => sign.test(userAgent))?.[1] ?? null;
    return { browser: first(BROWSERS), system: first(SYSTEMS) };
}
