/** Tones, notices of the browser, the bell, the connection, in Spanish. */
export const notices = {
    'notices.title': '{name} ha enviado un mensaje',
    'notices.hidden.sms': 'SMS nuevo',
    'notices.hidden.chat': 'Mensaje de chat nuevo',
    'notices.ask': '¿Desea que su navegador muestre los mensajes nuevos cuando esté en otro sitio?',
    'notices.allow': 'Permitir notificaciones',
    'notices.not-now': 'Ahora no',
    'notices.dismiss': 'Descartar',
    'notices.see-all': 'Ver todos',
    'notices.while-away': {
        one: '{n} mensaje llegó mientras no estaba',
        other: '{n} mensajes llegaron mientras no estaba',
    },
    'notices.from': 'de {names}',
    'notices.others': { one: '{n} persona más', other: '{n} personas más' },
    'bell.label': 'Conversaciones sin leer',
    'bell.label-new': { one: 'Conversaciones sin leer, {n} nueva', other: 'Conversaciones sin leer, {n} nuevas' },
    'bell.none': 'Ya lo ha visto todo.',
    'bell.more': { one: '{n} conversación más', other: '{n} conversaciones más' },
    'bell.all': 'Todos los mensajes',
    'link.reconnecting': 'Reconectando…',
    'link.offline': 'Sin conexión: lo que escriba se enviará cuando vuelva la conexión',
};
