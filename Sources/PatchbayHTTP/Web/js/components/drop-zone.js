/** Files dropped on a conversation go with the next message; while they hover it says so. */
import { t } from '../i18n/index.js';
import { h, icon } from '../lib/h.js';

/** @param {any[]} zones parts of one conversation; the first carries the words @param {(files: File[]) => void} take */
export function takesDrops(zones, take) {
    const sign = h('div', { class: 'drop', hidden: true }, icon('clip', 22), t('attachment.drop'));
    zones[0].append(sign);
    const hasFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files');
    const show = (/** @type {DragEvent} */ event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        sign.hidden = false;
    };
    const hide = () => (sign.hidden = true);
    for (const zone of zones) {
        zone.addEventListener('dragenter', show);
        zone.addEventListener('dragover', show);
        zone.addEventListener('dragleave', (/** @type {DragEvent} */ event) => {
            if (!zone.contains(event.relatedTarget)) hide();
        });
        zone.addEventListener('drop', (/** @type {DragEvent} */ event) => {
            if (!hasFiles(event)) return;
            event.preventDefault();
            hide();
            take([...(event.dataTransfer?.files ?? [])]);
        });
    }
}
