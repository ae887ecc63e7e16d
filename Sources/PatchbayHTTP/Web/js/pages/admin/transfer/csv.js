/** Reads the beginning of a CSV file, to show what is in it. The server reads it for good, and says what is wrong. */

/**
 * @param {string} text
 * @param {number} most how many records
 * @returns {string[][]}
 */
export function firstRecords(text, most) {
    const clean = text.replace(/^\uFEFF/, '');
    const separator = (clean.split(/\r|\n/, 1)[0].match(/[,;\t]/) ?? [','])[0];
    /** @type {string[][]} */
    const records = [];
    let fields = [''];
    let isQuoted = false;
    for (let i = 0; i <= clean.length && records.length < most; i += 1) {
        const c = clean[i];
        if (isQuoted && c === '"' && clean[i + 1] === '"') {
            fields[fields.length - 1] += c;
            i += 1;
        } else if (c === '"') isQuoted = !isQuoted;
        else if (c === undefined || (!isQuoted && (c === '\n' || c === '\r'))) {
            if (fields.length > 1 || fields[0] !== '') records.push(fields);
            fields = [''];
        } else if (!isQuoted && c === separator) fields.push('');
        else fields[fields.length - 1] += c;
    }
    return records;
}
