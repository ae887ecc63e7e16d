/** Where we are in the event log: `epoch:offset`. Events at or before it have been seen. */
export class Cursor {
    /** @param {string | null} [id] */
    constructor(id = null) {
        this.id = id;
    }

    /**
     * Whether the event with this id is new; if so the cursor moves on.
     * @param {string} id
     */
    takes(id) {
        if (!id) return true;
        const [epoch, offset] = split(id);
        const [myEpoch, myOffset] = split(this.id ?? '');
        if (this.id && epoch === myEpoch && offset <= myOffset) return false;
        this.id = id;
        return true;
    }

    /**
     * Whether events later than that one have been seen.
     * @param {string} id
     */
    isPast(id) {
        const [epoch, offset] = split(id);
        const [myEpoch, myOffset] = split(this.id ?? '');
        return epoch === myEpoch && myOffset > offset;
    }
}

/** @param {string} id @returns {[string, number]} */
function split(id) {
    const at = id.lastIndexOf(':');
    return [id.slice(0, at), Number(id.slice(at + 1))];
}
