extension EmojiNameTable {
  static let nl = """
    😀grijnzend gezicht; 😃grijnzend gezicht met grote ogen; 😄grijnzend gezicht met lachende ogen; \
    😁stralend gezicht met lachende ogen; 😆grijnzend gezicht met stijf dichtgeknepen ogen; \
    😅grijnzend gezicht met zweetdruppels; 🤣gezicht dat op de grond rolt van het lachen; \
    😂gezicht met tranen van vreugde; 🙂enigszins lachend gezicht; 🙃omgekeerd gezicht; \
    😉knipogend gezicht; 😊lachend gezicht met lachende ogen; 😇lachend gezicht met halo; \
    🥰lachend gezicht met hartjes; 😍lachend gezicht met hartvormige ogen; 🤩sterren in de ogen; \
    😘gezicht dat kus toeblaast; 😗kussend gezicht; 😋lachend gezicht dat lippen likt; \
    😛gezicht met uitgestoken tong; 😜knipoog met uitgestoken tong; 🤪gek gezicht; \
    😝gezicht met uitgestoken tong en dichtgeknepen ogen; 🤑gezicht met geld in de mond; \
    🤗blij gezicht met handen uitgestoken voor een knuffel; 🤭gezicht met hand over de mond; \
    🤫gezicht dat tot stilte maant; 🤔nadenkend gezicht; 🤐gezicht met een rits als mond; \
    🤨gezicht met opgeheven wenkbrauw; 😐neutraal gezicht; 😑uitdrukkingsloos gezicht; \
    😶gezicht zonder mond; 😏gniffelend gezicht; 😒chagrijnig gezicht; 🙄gezicht met rollende ogen; \
    😬gezicht met grimas; 😌opgelucht gezicht; 😔peinzend gezicht; 😪slaperig gezicht; 😴slapend gezicht; \
    😷gezicht met doktersmasker; 🤒gezicht met thermometer; 🤕gezicht met een verband om het hoofd; \
    🤢misselijk gezicht; 🤮brakend gezicht; 🥵heet gezicht; 🥶koud gezicht; 🥴wazig gezicht; \
    😵duizelig gezicht; 🤯ontploffend hoofd; 🤠gezicht met cowboyhoed; 🥳feestend gezicht; \
    😎lachend gezicht met zonnebril; 🤓nerdgezicht; 🧐gezicht met monocle; 😕verward gezicht; \
    😟bezorgd gezicht; 🙁licht fronsend gezicht; 😮gezicht met open mond; 😯verstomd gezicht; \
    😲verbaasd gezicht; 😳blozend gezicht; 🥺smekend gezicht; 😦fronsend gezicht met open mond; \
    😧gekweld gezicht; 😨bang gezicht; 😰angstig gezicht met zweetdruppel; \
    😥teleurgesteld maar opgelucht gezicht; 😢huilend gezicht; 😭hard huilend gezicht; \
    😱angstig schreeuwend gezicht; 😖onthutst gezicht; 😣volhardend gezicht; 😞teleurgesteld gezicht; \
    😓neerslachtig gezicht met zweetdruppel; 😩moe gezicht; 😫vermoeid gezicht; 🥱gapend gezicht; \
    😤gezicht blazend van woede; 😡pruilend gezicht; 😠boos gezicht; 🤬gezicht met symbolen op mond; \
    😈lachend gezicht met hoorns; 💀schedel; 💩drol; 🤡clownsgezicht; 👻spook; 👽buitenaards wezen; \
    🤖robot; ❤rood hart; 🧡oranje hart; 💛geel hart; 💚groen hart; 💙blauw hart; 💜paars hart; \
    🖤zwart hart; 🤍wit hart; 💔gebroken hart; 💕twee harten; 💖fonkelend hart; 💯maximumscore; \
    💢woedesymbool; 💥botsing; 💫duizelig; 💦zweetdruppels; 💨wegrennen; 💬spraakballon; 💭gedachteballon; \
    💤slaapsymbool; 👋zwaaiende hand; 🤚achterkant van opgeheven hand; ✋opgeheven hand; 👌OK-handgebaar; \
    ✌winnende hand; 🤞gekruiste vingers; 🤟ik-hou-van-je-gebaar; 🤘duivelshorens; \
    👈achterkant van hand met naar links wijzende wijsvinger; \
    👉achterkant van hand met naar rechts wijzende wijsvinger; \
    👆achterkant van hand met omhoog wijzende wijsvinger; \
    👇achterkant van hand met omlaag wijzende wijsvinger; ☝omhoog wijzende wijsvinger; 👍duim omhoog; \
    👎duim omlaag; ✊opgeheven vuist; 👊stotende vuist; 👏klappende handen; \
    🙌juichend omhooggestoken handen; 👐open handen; 🤝handdruk; 🙏gevouwen handen; ✍schrijvende hand; \
    💪spierballen; 👀ogen; 🧠brein; 👶baby; 👦jongen; 👧meisje; 👨man; 👩vrouw; 👴oude man; 👵oude vrouw; \
    🤷persoon die schouders ophaalt; 🤦persoon die het gezicht met de hand bedekt; \
    🙋persoon met opgeheven hand; 🏃hardloper; 💃dansende vrouw; 👪gezin; 🐶hondengezicht; \
    🐱kattengezicht; 🐭muizengezicht; 🐰konijnengezicht; 🦊vos; 🐻beer; 🐼panda; 🐨koala; 🐯tijgergezicht; \
    🦁leeuw; 🐮koeiengezicht; 🐷varkensgezicht; 🐸kikker; 🐵apengezicht; 🐔kip; 🐧pinguïn; 🐦vogel; \
    🦄eenhoorn; 🐝honingbij; 🦋vlinder; 🐌slak; 🐢schildpad; 🐍slang; 🐙octopus; 🐟vis; 🐬dolfijn; \
    🐳spuitende walvis; 🌸kersenbloesem; 🌹roos; 🌻zonnebloem; 🌼bloesem; 🌷tulp; 🌱zaailing; 🌲naaldboom; \
    🌳loofboom; 🌴palmboom; 🍀klavertjevier; 🍁esdoornblad; 🍂vallende bladeren; 🍎rode appel; 🍌banaan; \
    🍇druiven; 🍓aardbei; 🍒kersen; 🍑perzik; 🍍ananas; 🥑avocado; 🥕wortel; 🌽maïskolf; 🍞brood; 🧀stuk kaas; \
    🍳koken; 🍔hamburger; 🍟patat; 🍕pizzapunt; 🍝spaghetti; 🍣sushi; 🍦softijs; 🍩donut; 🍪koekje; \
    🎂verjaardagstaart; 🍰cake; 🍫chocoladereep; 🍯honingpot; ☕warme drank; 🍵theekopje zonder oor; \
    🍷wijnglas; 🍺bierglas; 🍻klinkende bierglazen; 🥂klinkende glazen; 🌍wereldbol met Europa-Afrika; \
    🌎wereldbol met Noord- en Zuid-Amerika; 🌏wereldbol met Azië-Australië; 🗺wereldkaart; \
    🏔berg met besneeuwde toppen; 🏖strand met parasol; 🏠huis; 🏡huis met tuin; 🏢kantoorgebouw; \
    🏥ziekenhuis; 🏫school; ⛪kerk; 🚗auto; 🚕taxi; 🚌bus; 🚀raket; ✈vliegtuig; 🚂locomotief; 🚲fiets; \
    ⛵zeilboot; ⏰wekker; ⌛zandloper; ⏳zandloper met stromend zand; ☀zon; 🌙maansikkel; \
    ⭐witte middelgrote ster; 🌟stralende ster; 🌈regenboog; ☁wolk; ⛈wolk met bliksem en regen; \
    🌧wolk met regen; ❄sneeuwvlok; ⛄sneeuwpop zonder sneeuwvlokken; 🔥vuur; 💧druppel; 🌊golf; \
    🎃halloweenlantaarn; 🎄kerstboom; 🎆vuurwerk; ✨sterretjes; 🎈ballon; 🎉feestknaller; 🎊confettibal; \
    🎁ingepakt cadeau; 🏆trofee; 🥇medaille 1e plaats; 🥈medaille 2e plaats; 🥉medaille 3e plaats; \
    ⚽voetbal; 🏀basketbal; 🎾tennis; 🎮videogame; 🎲dobbelsteen; 🎨schilderspalet; 🎵muzieknoot; \
    🎶muzieknoten; 🎤microfoon; 🎧hoofdtelefoon; 🎸gitaar; 🎹piano; 🎺trompet; 📱mobiele telefoon; 💻laptop; \
    ⌨toetsenbord; 🖥desktop; 🖨printer; 📷camera; 📹videocamera; 🎥filmcamera; 📺tv; 📻radio; 🔋batterij; \
    🔌stekker; 💡gloeilamp; 🔦zaklamp; 🕯kaars; 📖geopend boek; 📚boeken; 📓schrift; 📝memo; ✏potlood; 🖊pen; \
    📌punaise; 📍ronde speld; 📎paperclip; ✂schaar; 🔒slot; 🔓geopend hangslot; 🔑sleutel; 🔨hamer; \
    🛠hamer en moersleutel; ⚙tandwiel; 🔗schakels; 🧪reageerbuis; 🔬microscoop; 🔭telescoop; \
    💉injectiespuit; 💊pil; 🚪deur; 🛏bed; 🛒winkelwagen; 🚬sigaret; ✅knop voor vinkje; ❌kruisteken; \
    ❓rood vraagteken; ❗rood uitroepteken; ⚠waarschuwing; 🚫verboden; ♻recycling-symbool; \
    ➡pijl naar rechts; ⬅pijl naar links; ⬆pijl omhoog; ⬇pijl omlaag; 🔄pijlen tegen de klok in; 🔔bel; \
    🔕doorgestreepte bel; 📣megafoon; 📢luidspreker; 📊staafdiagram; 📈stijgende trend; 📉dalende trend; \
    📅kalender; 📆scheurkalender; 🗑prullenmand; 📁bestandsmap; 📂geopende map; \
    📄pagina met bovenzijde omhoog; 📋klembord; 💰zak met geld; 💵dollarbiljet; 💳creditcard; 💎edelsteen; \
    ✉envelop; 📧e-mail; 📦pakket; 📬open brievenbus met vlaggetje omhoog;
    """
}
