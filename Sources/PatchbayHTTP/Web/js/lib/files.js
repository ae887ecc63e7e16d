/** Where the bytes of attachments come from: the portal's own pages have its cookie, others fetch with a bearer. */

/** @typedef {(id: string) => Promise<string>} Fetch gives an address that is good in this page only */

/** @type {Fetch | null} */
let fetched = null;

/**
 * Files are fetched by `how` from now on.
 * @param {Fetch} how
 */
export function fetchFiles(how) {
    fetched = how;
}

/** @param {string} id */
const address = (id) => `/api/v1/attachments/${encodeURIComponent(id)}`;

/**
 * Shows an uploaded picture in `img`, and whole behind `link`.
 * @param {any} link
 * @param {any} img
 * @param {string} id
 */
export async function showPicture(link, img, id) {
    const at = fetched ? await fetched(id) : address(id);
    img.src = at;
    link.href = at;
}

/**
 * Lets `link`, which has its download attribute, save the file.
 * @param {any} link
 * @param {string} id
 */
export function offerFile(link, id) {
    link.href = fetched ? '#' : address(id);
    const how = fetched;
    if (!how) return;
    link.addEventListener('click', async (/** @type {Event} */ event) => {
        if (link.href.startsWith('blob:')) return;
        event.preventDefault();
        link.href = await how(id);
        link.click();
    });
}
