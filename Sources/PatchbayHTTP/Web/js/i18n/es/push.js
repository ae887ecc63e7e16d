/** Notificaciones con el portal cerrado, en español. */
export const push = {
    'push.title': 'También con el portal cerrado',
    'push.on':
        'Este navegador le avisa de lo nuevo mientras esté en marcha, aunque no haya ninguna pestaña del portal abierta.',
    'push.off': 'Desactivado en este navegador. Al activarlo, es posible que su navegador se lo pregunte una vez.',
    'push.denied': 'Su navegador las bloquea. Permita las notificaciones de esta dirección en los ajustes del sitio.',
    'push.impossible':
        'Este navegador no puede avisar con el portal cerrado. En un iPhone, añada antes el portal a la pantalla de inicio.',
    'push.not-here': 'No está configurado aquí. Su administrador puede activarlo para este portal.',
    'push.failed':
        'No se ha podido contactar con el servicio de notificaciones de su navegador. Inténtelo de nuevo más tarde.',
    'push.browsers': 'Navegadores que avisan',
    'push.since': 'desde {when}',
    'push.remove': 'Quitar',
    'push.remove-named': 'Dejar de avisar en {what}',
    'push.removed': 'Ese navegador ya no avisa.',
    'push.invitation': 'Le invita a una videollamada',
    'push.missed': 'Tiene una videollamada perdida',
    'push.answered': 'La videollamada se ha atendido en otro sitio',
};
