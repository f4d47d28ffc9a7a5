extension EmojiNameTable {
  static let en = """
    😀grinning face; 😃grinning face with big eyes; 😄grinning face with smiling eyes; \
    😁beaming face with smiling eyes; 😆grinning squinting face; 😅grinning face with sweat; \
    🤣rolling on the floor laughing; 😂face with tears of joy; 🙂slightly smiling face; \
    🙃upside-down face; 😉winking face; 😊smiling face with smiling eyes; 😇smiling face with halo; \
    🥰smiling face with hearts; 😍smiling face with heart-eyes; 🤩star-struck; 😘face blowing a kiss; \
    😗kissing face; 😋face savoring food; 😛face with tongue; 😜winking face with tongue; 🤪zany face; \
    😝squinting face with tongue; 🤑money-mouth face; 🤗smiling face with open hands; \
    🤭face with hand over mouth; 🤫shushing face; 🤔thinking face; 🤐zipper-mouth face; \
    🤨face with raised eyebrow; 😐neutral face; 😑expressionless face; 😶face without mouth; \
    😏smirking face; 😒unamused face; 🙄face with rolling eyes; 😬grimacing face; 😌relieved face; \
    😔pensive face; 😪sleepy face; 😴sleeping face; 😷face with medical mask; 🤒face with thermometer; \
    🤕face with head-bandage; 🤢nauseated face; 🤮face vomiting; 🥵hot face; 🥶cold face; 🥴woozy face; \
    😵face with crossed-out eyes; 🤯exploding head; 🤠cowboy hat face; 🥳partying face; \
    😎smiling face with sunglasses; 🤓nerd face; 🧐face with monocle; 😕confused face; 😟worried face; \
    🙁slightly frowning face; 😮face with open mouth; 😯hushed face; 😲astonished face; 😳flushed face; \
    🥺pleading face; 😦frowning face with open mouth; 😧anguished face; 😨fearful face; \
    😰anxious face with sweat; 😥sad but relieved face; 😢crying face; 😭loudly crying face; \
    😱face screaming in fear; 😖confounded face; 😣persevering face; 😞disappointed face; \
    😓downcast face with sweat; 😩weary face; 😫tired face; 🥱yawning face; 😤face with steam from nose; \
    😡enraged face; 😠angry face; 🤬face with symbols on mouth; 😈smiling face with horns; 💀skull; \
    💩pile of poo; 🤡clown face; 👻ghost; 👽alien; 🤖robot; ❤red heart; 🧡orange heart; 💛yellow heart; \
    💚green heart; 💙blue heart; 💜purple heart; 🖤black heart; 🤍white heart; 💔broken heart; \
    💕two hearts; 💖sparkling heart; 💯hundred points; 💢anger symbol; 💥collision; 💫dizzy; \
    💦sweat droplets; 💨dashing away; 💬speech balloon; 💭thought balloon; 💤ZZZ; 👋waving hand; \
    🤚raised back of hand; ✋raised hand; 👌OK hand; ✌victory hand; 🤞crossed fingers; \
    🤟love-you gesture; 🤘sign of the horns; 👈backhand index pointing left; \
    👉backhand index pointing right; 👆backhand index pointing up; 👇backhand index pointing down; \
    ☝index pointing up; 👍thumbs up; 👎thumbs down; ✊raised fist; 👊oncoming fist; 👏clapping hands; \
    🙌raising hands; 👐open hands; 🤝handshake; 🙏folded hands; ✍writing hand; 💪flexed biceps; 👀eyes; \
    🧠brain; 👶baby; 👦boy; 👧girl; 👨man; 👩woman; 👴old man; 👵old woman; 🤷person shrugging; \
    🤦person facepalming; 🙋person raising hand; 🏃person running; 💃woman dancing; 👪family; 🐶dog face; \
    🐱cat face; 🐭mouse face; 🐰rabbit face; 🦊fox; 🐻bear; 🐼panda; 🐨koala; 🐯tiger face; 🦁lion; \
    🐮cow face; 🐷pig face; 🐸frog; 🐵monkey face; 🐔chicken; 🐧penguin; 🐦bird; 🦄unicorn; 🐝honeybee; \
    🦋butterfly; 🐌snail; 🐢turtle; 🐍snake; 🐙octopus; 🐟fish; 🐬dolphin; 🐳spouting whale; \
    🌸cherry blossom; 🌹rose; 🌻sunflower; 🌼blossom; 🌷tulip; 🌱seedling; 🌲evergreen tree; \
    🌳deciduous tree; 🌴palm tree; 🍀four leaf clover; 🍁maple leaf; 🍂fallen leaf; 🍎red apple; 🍌banana; \
    🍇grapes; 🍓strawberry; 🍒cherries; 🍑peach; 🍍pineapple; 🥑avocado; 🥕carrot; 🌽ear of corn; 🍞bread; \
    🧀cheese wedge; 🍳cooking; 🍔hamburger; 🍟french fries; 🍕pizza; 🍝spaghetti; 🍣sushi; 🍦soft ice cream; \
    🍩doughnut; 🍪cookie; 🎂birthday cake; 🍰shortcake; 🍫chocolate bar; 🍯honey pot; ☕hot beverage; \
    🍵teacup without handle; 🍷wine glass; 🍺beer mug; 🍻clinking beer mugs; 🥂clinking glasses; \
    🌍globe showing Europe-Africa; 🌎globe showing Americas; 🌏globe showing Asia-Australia; \
    🗺world map; 🏔snow-capped mountain; 🏖beach with umbrella; 🏠house; 🏡house with garden; \
    🏢office building; 🏥hospital; 🏫school; ⛪church; 🚗automobile; 🚕taxi; 🚌bus; 🚀rocket; ✈airplane; \
    🚂locomotive; 🚲bicycle; ⛵sailboat; ⏰alarm clock; ⌛hourglass done; ⏳hourglass not done; ☀sun; \
    🌙crescent moon; ⭐star; 🌟glowing star; 🌈rainbow; ☁cloud; ⛈cloud with lightning and rain; \
    🌧cloud with rain; ❄snowflake; ⛄snowman without snow; 🔥fire; 💧droplet; 🌊water wave; \
    🎃jack-o-lantern; 🎄Christmas tree; 🎆fireworks; ✨sparkles; 🎈balloon; 🎉party popper; \
    🎊confetti ball; 🎁wrapped gift; 🏆trophy; 🥇1st place medal; 🥈2nd place medal; 🥉3rd place medal; \
    ⚽soccer ball; 🏀basketball; 🎾tennis; 🎮video game; 🎲game die; 🎨artist palette; 🎵musical note; \
    🎶musical notes; 🎤microphone; 🎧headphone; 🎸guitar; 🎹musical keyboard; 🎺trumpet; 📱mobile phone; \
    💻laptop; ⌨keyboard; 🖥desktop computer; 🖨printer; 📷camera; 📹video camera; 🎥movie camera; \
    📺television; 📻radio; 🔋battery; 🔌electric plug; 💡light bulb; 🔦flashlight; 🕯candle; 📖open book; \
    📚books; 📓notebook; 📝memo; ✏pencil; 🖊pen; 📌pushpin; 📍round pushpin; 📎paperclip; ✂scissors; \
    🔒locked; 🔓unlocked; 🔑key; 🔨hammer; 🛠hammer and wrench; ⚙gear; 🔗link; 🧪test tube; 🔬microscope; \
    🔭telescope; 💉syringe; 💊pill; 🚪door; 🛏bed; 🛒shopping cart; 🚬cigarette; ✅check mark button; \
    ❌cross mark; ❓red question mark; ❗red exclamation mark; ⚠warning; 🚫prohibited; \
    ♻recycling symbol; ➡right arrow; ⬅left arrow; ⬆up arrow; ⬇down arrow; \
    🔄counterclockwise arrows button; 🔔bell; 🔕bell with slash; 📣megaphone; 📢loudspeaker; 📊bar chart; \
    📈chart increasing; 📉chart decreasing; 📅calendar; 📆tear-off calendar; 🗑wastebasket; 📁file folder; \
    📂open file folder; 📄page facing up; 📋clipboard; 💰money bag; 💵dollar banknote; 💳credit card; \
    💎gem stone; ✉envelope; 📧e-mail; 📦package; 📬open mailbox with raised flag;
    """
}
