/**
 * The emoji of the panel, in French: per group the character, its name and more words that find it, parted by bars;
 * a name of two words has a low line between them.
 */
export const emoji = {
    'emoji.group.faces': 'Visages',
    'emoji.group.hands': 'Mains et personnes',
    'emoji.group.hearts': 'Cœurs',
    'emoji.group.life': 'Animaux, plantes, météo',
    'emoji.group.food': 'Nourriture et boissons',
    'emoji.group.places': 'Lieux et voyages',
    'emoji.group.things': 'Objets',
    'emoji.group.signs': 'Symboles',
    'emoji.faces':
        '😀 grand_sourire content | 😄 rire content | 😊 sourire content | 🙂 léger_sourire | 😉 clin_d’œil | ' +
        '😂 larmes_de_joie rire | 🤣 mort_de_rire | 😅 soulagement sueur | 😍 yeux_en_cœur amour | ' +
        '😘 bisou amour | 😎 lunettes_de_soleil cool | 🤩 étoiles_dans_les_yeux | 🥳 fête anniversaire | ' +
        '😇 ange innocent | 🤔 réflexion hmm | 😐 neutre | 🙄 yeux_au_ciel | 😏 sourire_en_coin | ' +
        '😴 endormi fatigué | 🤗 câlin | 🤫 chut secret | 😬 grimace oups | 😕 perplexe | 😟 inquiet | ' +
        '😢 pleurs triste | 😭 sanglots triste | 😡 en_colère | 🤯 stupéfait choc | 😱 effrayé peur | ' +
        '😳 gêné rouge | 🥺 suppliant s’il_vous_plaît | 😷 masque malade | 🤒 fièvre malade | ' +
        '🤦 main_sur_le_visage | 🤷 haussement_d’épaules aucune_idée',
    'emoji.hands':
        '👍 pouce_levé oui bien | 👎 pouce_baissé non mal | 👌 ok parfait | 👏 applaudissements bravo | ' +
        '🙏 merci s’il_vous_plaît prière | 🙌 hourra mains | 👋 salut bonjour au_revoir | ' +
        '🤝 poignée_de_main accord | ✌️ victoire paix | 🤞 doigts_croisés chance | 💪 force muscle | ' +
        '👀 yeux regarder | 👇 bas montrer | 👆 haut montrer | 👉 droite montrer | 🙋 main_levée question moi | ' +
        '🏃 courir vite | 🧑‍💻 travail_sur_ordinateur bureau',
    'emoji.hearts':
        '❤️ cœur_rouge amour | 🧡 cœur_orange | 💛 cœur_jaune | 💚 cœur_vert | 💙 cœur_bleu | 💜 cœur_violet | ' +
        '🖤 cœur_noir | 💔 cœur_brisé triste | 💕 deux_cœurs amour | 💯 cent parfait',
    'emoji.life':
        '🐶 chien animal | 🐱 chat animal | 🐦 oiseau | 🐝 abeille | 🐟 poisson | 🌹 rose fleur | ' +
        '🌸 fleur printemps | 🌻 tournesol | 🌲 arbre bois | 🍀 trèfle chance | ☀️ soleil météo chaud | ' +
        '⛅ nuageux nuage | 🌧️ pluie météo | ⛈️ orage | ❄️ neige froid hiver | 🌈 arc-en-ciel | ⭐ étoile | ' +
        '🌙 lune nuit | 🔥 feu chaud | 💧 goutte eau',
    'emoji.food':
        '☕ café pause | 🍵 thé | 🍺 bière | 🍷 vin | 🥂 santé trinquer | 🍕 pizza | 🍔 burger | ' +
        '🥗 salade déjeuner | 🍎 pomme fruit | 🍌 banane fruit | 🍓 fraise fruit | ' +
        '🥐 croissant petit-déjeuner | 🍞 pain | 🍰 gâteau | 🎂 gâteau_d’anniversaire | 🍫 chocolat | ' +
        '🍪 biscuit | 🍽️ dîner restaurant assiette',
    'emoji.places':
        '🏠 maison domicile | 🏢 bureau travail immeuble | 🏭 usine | 🏥 hôpital | 🏫 école | ' +
        '🚗 voiture conduire | 🚚 camion livraison | 🚐 camionnette | 🚲 vélo | 🚆 train | ' +
        '✈️ avion vol voyage | 🚀 fusée lancement | ⛽ essence carburant | 🅿️ parking | 📍 lieu ici position | ' +
        '🗺️ carte plan | 🏖️ plage vacances',
    'emoji.things':
        '📞 téléphone appel | 📱 mobile | 💻 portable ordinateur | 🖨️ imprimante | 📧 courrier e-mail | ' +
        '📎 trombone fichier | 📄 page document | 📅 calendrier date | ⏰ réveil heure | ⌛ sablier attente | ' +
        '🔑 clé | 🔒 cadenas sûr | 🔧 clé_plate réparation outil | 🔨 marteau outil | 🪑 chaise meuble | ' +
        '🛋️ canapé meuble | 🛏️ lit meuble | 💡 idée ampoule | 💰 argent | 💳 carte payer | 🧾 reçu facture | ' +
        '📦 colis livraison | 🎁 cadeau | 🎉 célébration fête | 🎈 ballon anniversaire | 🏆 trophée gagnant | ' +
        '📷 appareil_photo | 🎵 musique | 🛒 chariot achats',
    'emoji.signs':
        '✅ fait coché oui | ❌ croix non faux | ⚠️ attention prudence | ❗ exclamation important | ❓ question | ' +
        '➕ plus ajouter | ➡️ flèche_droite | ⬅️ flèche_gauche | 🔄 encore répéter | 🆗 bouton_ok | ' +
        '🆕 bouton_nouveau | 🔴 rouge stop | 🟢 vert libre | 🟡 jaune | 🔵 bleu | 🏁 arrivée drapeau | ' +
        '💤 sommeil zzz | ✨ étincelles nouveau',
};
