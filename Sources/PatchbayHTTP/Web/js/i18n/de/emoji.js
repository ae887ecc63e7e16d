/**
 * The emoji of the panel, in German: per group the character, its name and more words that find it, parted by bars;
 * a name of two words has a low line between them.
 */
export const emoji = {
    'emoji.group.faces': 'Gesichter',
    'emoji.group.hands': 'Hände und Menschen',
    'emoji.group.hearts': 'Herzen',
    'emoji.group.life': 'Tiere, Pflanzen, Wetter',
    'emoji.group.food': 'Essen und Trinken',
    'emoji.group.places': 'Orte und Reisen',
    'emoji.group.things': 'Dinge',
    'emoji.group.signs': 'Zeichen',
    'emoji.faces':
        '😀 grinsen fröhlich | 😄 lachen fröhlich | 😊 lächeln fröhlich | 🙂 leichtes_lächeln | 😉 zwinkern | ' +
        '😂 freudentränen lachen | 🤣 kugeln_vor_lachen | 😅 erleichtert schwitzen | 😍 herzaugen liebe | ' +
        '😘 kuss liebe | 😎 sonnenbrille cool | 🤩 sternaugen wow | 🥳 party feiern geburtstag | ' +
        '😇 engel unschuldig | 🤔 nachdenken hm | 😐 neutral | 🙄 augenrollen | 😏 schmunzeln | ' +
        '😴 schlafen müde | 🤗 umarmung | 🤫 leise geheim | 😬 grimasse ups | 😕 verwirrt | 😟 besorgt | ' +
        '😢 weinen traurig | 😭 schluchzen traurig | 😡 wütend | 🤯 umgehauen staunen | 😱 erschrocken angst | ' +
        '😳 verlegen rot | 🥺 bitte flehen | 😷 maske krank | 🤒 fieber krank | 🤦 hand_vors_gesicht | ' +
        '🤷 schulterzucken keine_ahnung',
    'emoji.hands':
        '👍 daumen_hoch ja gut ok | 👎 daumen_runter nein schlecht | 👌 ok perfekt | ' +
        '👏 applaus klatschen bravo | 🙏 danke bitte beten | 🙌 hurra hände | 👋 winken hallo tschüss | ' +
        '🤝 handschlag abgemacht | ✌️ sieg frieden | 🤞 daumen_drücken glück | 💪 stark muskel | ' +
        '👀 augen schauen | 👇 unten zeigen | 👆 oben zeigen | 👉 rechts zeigen | 🙋 melden frage ich | ' +
        '🏃 laufen rennen eilig | 🧑‍💻 computerarbeit büro',
    'emoji.hearts':
        '❤️ rotes_herz liebe | 🧡 oranges_herz | 💛 gelbes_herz | 💚 grünes_herz | 💙 blaues_herz | ' +
        '💜 lila_herz | 🖤 schwarzes_herz | 💔 gebrochenes_herz traurig | 💕 zwei_herzen liebe | ' +
        '💯 hundert perfekt',
    'emoji.life':
        '🐶 hund haustier | 🐱 katze haustier | 🐦 vogel | 🐝 biene | 🐟 fisch | 🌹 rose blume | ' +
        '🌸 blüte frühling | 🌻 sonnenblume | 🌲 baum holz | 🍀 klee glück | ☀️ sonne wetter warm | ' +
        '⛅ bewölkt wolke | 🌧️ regen wetter | ⛈️ gewitter | ❄️ schnee kalt winter | 🌈 regenbogen | ⭐ stern | ' +
        '🌙 mond nacht | 🔥 feuer heiß toll | 💧 tropfen wasser',
    'emoji.food':
        '☕ kaffee pause tee | 🍵 tee | 🍺 bier | 🍷 wein | 🥂 anstoßen prost | 🍕 pizza | 🍔 burger | ' +
        '🥗 salat mittagessen | 🍎 apfel obst | 🍌 banane obst | 🍓 erdbeere obst | 🥐 croissant frühstück | ' +
        '🍞 brot | 🍰 kuchen | 🎂 geburtstagstorte | 🍫 schokolade | 🍪 keks | 🍽️ essen restaurant teller',
    'emoji.places':
        '🏠 haus zuhause | 🏢 büro arbeit gebäude | 🏭 fabrik | 🏥 krankenhaus | 🏫 schule | 🚗 auto fahren | ' +
        '🚚 lastwagen lieferung | 🚐 transporter | 🚲 fahrrad | 🚆 zug bahn | ✈️ flugzeug flug reise | ' +
        '🚀 rakete start | ⛽ tankstelle benzin | 🅿️ parkplatz | 📍 ort hier standort | 🗺️ karte | ' +
        '🏖️ strand urlaub',
    'emoji.things':
        '📞 telefon anruf | 📱 handy | 💻 laptop computer | 🖨️ drucker | 📧 mail e-mail | ' +
        '📎 büroklammer datei | 📄 seite dokument | 📅 kalender datum | ⏰ wecker uhr zeit | ⌛ sanduhr warten | ' +
        '🔑 schlüssel | 🔒 schloss sicher | 🔧 schraubenschlüssel reparatur werkzeug | 🔨 hammer werkzeug | ' +
        '🪑 stuhl möbel | 🛋️ sofa möbel | 🛏️ bett möbel | 💡 idee glühbirne | 💰 geld | 💳 karte zahlen | ' +
        '🧾 beleg rechnung | 📦 paket lieferung | 🎁 geschenk | 🎉 feier party | 🎈 luftballon geburtstag | ' +
        '🏆 pokal gewinner | 📷 kamera foto | 🎵 musik | 🛒 einkaufswagen',
    'emoji.signs':
        '✅ erledigt haken ja | ❌ kreuz nein falsch | ⚠️ warnung vorsicht | ❗ ausrufezeichen wichtig | ❓ frage | ' +
        '➕ plus hinzufügen | ➡️ pfeil_rechts | ⬅️ pfeil_links | 🔄 wieder wiederholen | 🆗 ok_taste | ' +
        '🆕 neu_taste | 🔴 rot halt | 🟢 grün los frei | 🟡 gelb | 🔵 blau | 🏁 ziel fahne | 💤 schlaf zzz | ' +
        '✨ funkeln neu',
};
