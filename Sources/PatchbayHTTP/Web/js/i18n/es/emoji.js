/**
 * The emoji of the panel, in Spanish: per group the character, its name and more words that find it, parted by bars;
 * a name of two words has a low line between them.
 */
export const emoji = {
    'emoji.group.faces': 'Caras',
    'emoji.group.hands': 'Manos y personas',
    'emoji.group.hearts': 'Corazones',
    'emoji.group.life': 'Animales, plantas, tiempo',
    'emoji.group.food': 'Comida y bebida',
    'emoji.group.places': 'Lugares y viajes',
    'emoji.group.things': 'Objetos',
    'emoji.group.signs': 'Símbolos',
    'emoji.faces':
        '😀 sonrisa_abierta feliz | 😄 risa feliz | 😊 sonrisa feliz rubor | 🙂 media_sonrisa | 😉 guiño | ' +
        '😂 lágrimas_de_risa | 🤣 carcajada suelo | 😅 alivio sudor | 😍 ojos_de_corazón amor | 😘 beso amor | ' +
        '😎 gafas_de_sol guay | 🤩 ojos_de_estrella guau | 🥳 fiesta cumpleaños | 😇 ángel inocente | ' +
        '🤔 pensativo hmm | 😐 neutral | 🙄 ojos_en_blanco | 😏 sonrisa_pícara | 😴 dormido cansado | ' +
        '🤗 abrazo | 🤫 silencio secreto | 😬 mueca ups | 😕 confundido | 😟 preocupado | 😢 llorando triste | ' +
        '😭 llanto triste | 😡 enfadado | 🤯 alucinado asombro | 😱 asustado miedo | 😳 sonrojado vergüenza | ' +
        '🥺 suplicante por_favor | 😷 mascarilla enfermo | 🤒 fiebre enfermo | 🤦 mano_en_la_cara | ' +
        '🤷 encogerse_de_hombros no_sé',
    'emoji.hands':
        '👍 pulgar_arriba sí bien vale | 👎 pulgar_abajo no mal | 👌 perfecto vale | 👏 aplauso bravo | ' +
        '🙏 gracias por_favor rezar | 🙌 hurra manos | 👋 saludo hola adiós | ' +
        '🤝 apretón_de_manos trato acuerdo | ✌️ victoria paz | 🤞 dedos_cruzados suerte | 💪 fuerza músculo | ' +
        '👀 ojos mirar | 👇 abajo señalar | 👆 arriba señalar | 👉 derecha señalar | ' +
        '🙋 mano_levantada pregunta yo | 🏃 correr prisa | 🧑‍💻 trabajo_en_el_ordenador oficina',
    'emoji.hearts':
        '❤️ corazón_rojo amor | 🧡 corazón_naranja | 💛 corazón_amarillo | 💚 corazón_verde | 💙 corazón_azul | ' +
        '💜 corazón_morado | 🖤 corazón_negro | 💔 corazón_roto triste | 💕 dos_corazones amor | ' +
        '💯 cien perfecto',
    'emoji.life':
        '🐶 perro mascota | 🐱 gato mascota | 🐦 pájaro | 🐝 abeja | 🐟 pez | 🌹 rosa flor | ' +
        '🌸 flor primavera | 🌻 girasol | 🌲 árbol madera | 🍀 trébol suerte | ☀️ sol tiempo calor | ' +
        '⛅ nublado nube | 🌧️ lluvia tiempo | ⛈️ tormenta | ❄️ nieve frío invierno | 🌈 arcoíris | ⭐ estrella | ' +
        '🌙 luna noche | 🔥 fuego caliente | 💧 gota agua',
    'emoji.food':
        '☕ café descanso | 🍵 té | 🍺 cerveza | 🍷 vino | 🥂 brindis | 🍕 pizza | 🍔 hamburguesa | ' +
        '🥗 ensalada almuerzo | 🍎 manzana fruta | 🍌 plátano fruta | 🍓 fresa fruta | 🥐 cruasán desayuno | ' +
        '🍞 pan | 🍰 pastel | 🎂 tarta_de_cumpleaños | 🍫 chocolate | 🍪 galleta | 🍽️ cena restaurante plato',
    'emoji.places':
        '🏠 casa hogar | 🏢 oficina trabajo edificio | 🏭 fábrica | 🏥 hospital | 🏫 escuela | ' +
        '🚗 coche conducir | 🚚 camión entrega | 🚐 furgoneta | 🚲 bicicleta | 🚆 tren | ✈️ avión vuelo viaje | ' +
        '🚀 cohete lanzamiento | ⛽ gasolina combustible | 🅿️ aparcamiento | 📍 lugar aquí ubicación | ' +
        '🗺️ mapa | 🏖️ playa vacaciones',
    'emoji.things':
        '📞 teléfono llamada | 📱 móvil | 💻 portátil ordenador | 🖨️ impresora | 📧 correo | 📎 clip archivo | ' +
        '📄 página documento | 📅 calendario fecha | ⏰ despertador hora reloj | ⌛ reloj_de_arena espera | ' +
        '🔑 llave | 🔒 candado seguro | 🔧 llave_inglesa reparar herramienta | 🔨 martillo herramienta | ' +
        '🪑 silla mueble | 🛋️ sofá mueble | 🛏️ cama mueble | 💡 idea bombilla | 💰 dinero | ' +
        '💳 tarjeta pagar | 🧾 recibo factura cuenta | 📦 paquete entrega | 🎁 regalo | 🎉 celebración fiesta | ' +
        '🎈 globo cumpleaños | 🏆 trofeo ganador | 📷 cámara foto | 🎵 música | 🛒 carrito compra',
    'emoji.signs':
        '✅ hecho bien sí | ❌ cruz no mal | ⚠️ aviso cuidado | ❗ exclamación importante | ❓ pregunta | ' +
        '➕ más añadir | ➡️ flecha_derecha | ⬅️ flecha_izquierda | 🔄 otra_vez repetir | 🆗 botón_ok | ' +
        '🆕 botón_nuevo | 🔴 rojo alto | 🟢 verde adelante libre | 🟡 amarillo | 🔵 azul | 🏁 meta bandera | ' +
        '💤 dormir zzz | ✨ brillo destellos nuevo',
};
