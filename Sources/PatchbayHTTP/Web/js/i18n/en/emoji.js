/**
 * The emoji of the panel, in English: per group the character, its name and more words that find it, parted by bars;
 * a name of two words has a low line between them. A translation keeps the characters and changes the words.
 */
export const emoji = {
    'emoji.group.faces': 'Faces',
    'emoji.group.hands': 'Hands and people',
    'emoji.group.hearts': 'Hearts',
    'emoji.group.life': 'Animals, plants, weather',
    'emoji.group.food': 'Food and drink',
    'emoji.group.places': 'Places and travel',
    'emoji.group.things': 'Things',
    'emoji.group.signs': 'Signs',
    'emoji.faces':
        '😀 grin happy smile | 😄 laughing happy smile | 😊 smile happy blush | 🙂 slight_smile happy | 😉 wink | ' +
        '😂 tears_of_joy laugh | 🤣 rolling laugh floor | 😅 relief sweat laugh | 😍 heart_eyes love | 😘 kiss love | ' +
        '😎 cool sunglasses | 🤩 star_eyes wow | 🥳 party celebrate birthday | 😇 angel innocent | 🤔 thinking hmm | ' +
        '😐 neutral | 🙄 eye_roll | 😏 smirk | 😴 sleeping tired | 🤗 hug | 🤫 quiet secret | 😬 grimace oops | ' +
        '😕 confused | 😟 worried | 😢 crying sad | 😭 sobbing sad cry | 😡 angry | 🤯 mind_blown shock | 😱 scared | ' +
        '😳 flushed embarrassed | 🥺 pleading please | 😷 mask sick ill | 🤒 ill sick fever | 🤦 facepalm | 🤷 shrug dunno',
    'emoji.hands':
        '👍 thumbs_up yes ok good like | 👎 thumbs_down no bad | 👌 ok perfect | 👏 applause clap bravo | ' +
        '🙏 thank_you please pray | 🙌 hooray hands | 👋 wave hello hi bye | 🤝 handshake deal agree | ✌️ victory peace | ' +
        '🤞 fingers_crossed luck | 💪 strong muscle | 👀 eyes look see | 👇 down point below | 👆 up point above | ' +
        '👉 right point | 🙋 raised_hand question me | 🏃 running run hurry | 🧑‍💻 computer_work office',
    'emoji.hearts':
        '❤️ red_heart love | 🧡 orange_heart | 💛 yellow_heart | 💚 green_heart | 💙 blue_heart | 💜 purple_heart | ' +
        '🖤 black_heart | 💔 broken_heart sad | 💕 two_hearts love | 💯 hundred perfect full',
    'emoji.life':
        '🐶 dog pet | 🐱 cat pet | 🐦 bird | 🐝 bee | 🐟 fish | 🌹 rose flower | 🌸 blossom flower spring | 🌻 sunflower | ' +
        '🌲 tree wood | 🍀 clover luck | ☀️ sun weather warm | ⛅ cloudy cloud | 🌧️ rain weather | ⛈️ thunderstorm | ' +
        '❄️ snow cold winter | 🌈 rainbow | ⭐ star | 🌙 moon night | 🔥 fire hot great | 💧 drop water',
    'emoji.food':
        '☕ coffee break tea | 🍵 tea | 🍺 beer | 🍷 wine | 🥂 cheers toast | 🍕 pizza | 🍔 burger | 🥗 salad lunch | ' +
        '🍎 apple fruit | 🍌 banana fruit | 🍓 strawberry fruit | 🥐 croissant breakfast | 🍞 bread | 🍰 cake | ' +
        '🎂 birthday_cake | 🍫 chocolate | 🍪 cookie | 🍽️ dinner restaurant lunch plate',
    'emoji.places':
        '🏠 house home | 🏢 office work building | 🏭 factory | 🏥 hospital | 🏫 school | 🚗 car drive | 🚚 truck delivery | ' +
        '🚐 van | 🚲 bike | 🚆 train | ✈️ plane flight travel | 🚀 rocket launch | ⛽ fuel gas | 🅿️ parking | 📍 place here ' +
        'location | 🗺️ map | 🏖️ beach holiday vacation',
    'emoji.things':
        '📞 phone call | 📱 mobile phone | 💻 laptop computer | 🖨️ printer | 📧 mail email | 📎 paperclip file | ' +
        '📄 page document | 📅 calendar date | ⏰ alarm clock time | ⌛ hourglass wait | 🔑 key | 🔒 lock secure | ' +
        '🔧 wrench repair tool | 🔨 hammer tool | 🪑 chair furniture | 🛋️ sofa furniture couch | 🛏️ bed furniture | ' +
        '💡 idea light bulb | 💰 money | 💳 card pay | 🧾 receipt bill invoice | 📦 parcel package delivery | 🎁 present gift | ' +
        '🎉 celebration party tada | 🎈 balloon birthday | 🏆 trophy winner | 📷 camera photo | 🎵 music | 🛒 cart shopping',
    'emoji.signs':
        '✅ done check yes | ❌ cross no wrong | ⚠️ warning careful | ❗ exclamation important | ❓ question | ' +
        '➕ plus add | ➡️ right arrow | ⬅️ left arrow | 🔄 again repeat | 🆗 ok_button | 🆕 new_button | 🔴 red stop | ' +
        '🟢 green go free | 🟡 yellow | 🔵 blue | 🏁 finish flag | 💤 sleep zzz | ✨ sparkles shine new',
};
