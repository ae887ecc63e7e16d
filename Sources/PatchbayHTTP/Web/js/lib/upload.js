/** Sends a file and tells how far it is: fetch cannot say that of an upload, XMLHttpRequest can. */
import { said, t } from '../i18n/index.js';
import { ApiError } from './api-error.js';

/**
 * @param {string} base of the API
 * @param {File} file
 * @param {{onProgress?: (part: number) => void, signal?: AbortSignal, headers?: Record<string, string>}} [options] `part` from 0 to 1
 * @returns {Promise<Attachment>}
 */
export function upload(base, file, options = {}) {
    const { onProgress, signal, headers = {} } = options;
    return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open('POST', `${base}/attachments?name=${encodeURIComponent(file.name)}`);
        request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
        for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
        request.responseType = 'json';
        request.upload.onprogress = ({ loaded, total }) => total > 0 && onProgress?.(loaded / total);
        request.onload = () => {
            const { status, response: body } = request;
            if (status === 201) return resolve(body);
            const words = said(body?.id, body?.detail) || t('error.unknown', { status });
            reject(new ApiError(status, body?.id ?? 'unknown', words));
        };
        request.onerror = () => reject(new ApiError(0, 'network', t('error.network')));
        request.onabort = () => reject(new DOMException('', 'AbortError'));
        signal?.addEventListener('abort', () => request.abort());
        request.send(file);
    });
}
