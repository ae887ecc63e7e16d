/** For requests that must end: on a line that swallows everything they never would. */
import { t } from '../i18n/index.js';
import { ApiError } from './api-error.js';

/** In milliseconds. */
const ANSWER_WITHIN = 20_000;

/**
 * The answer, or that the network has failed. The server may have taken the request all the same: it knows it again by its
 * client id.
 * @template T
 * @param {Promise<T>} answer
 * @param {number} [within] in milliseconds
 * @returns {Promise<T>}
 */
export function inTime(answer, within = ANSWER_WITHIN) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new ApiError(0, 'network', t('error.network'))), within);
    });
    return Promise.race([answer, /** @type {Promise<never>} */ (late)]).finally(() => clearTimeout(timer));
}
