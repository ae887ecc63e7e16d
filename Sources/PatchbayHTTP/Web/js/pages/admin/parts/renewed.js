/** Shows something anew without taking the focus from its reader. */

/**
 * @param {any} el
 * @param {...any} children
 */
export function renew(el, ...children) {
    const at = /** @type {any} */ (document.activeElement);
    const name = el.contains(at) ? nameOf(at) : null;
    el.replaceChildren(...children.flat().filter(Boolean));
    if (name === null) return;
    const controls = [...el.querySelectorAll('a, button, input, select')];
    controls.find((control) => nameOf(control) === name)?.focus();
}

/** @param {any} control */
const nameOf = (control) => control.getAttribute('aria-label') ?? control.textContent;
