extension EmojiNameTable {
  static let de = """
    😀grinsendes Gesicht; 😃grinsendes Gesicht mit großen Augen; \
    😄grinsendes Gesicht mit lachenden Augen; 😁strahlendes Gesicht mit lachenden Augen; \
    😆Grinsegesicht mit zugekniffenen Augen; 😅grinsendes Gesicht mit Schweißtropfen; \
    🤣sich vor Lachen auf dem Boden wälzen; 😂Gesicht mit Freudentränen; 🙂leicht lächelndes Gesicht; \
    🙃umgekehrtes Gesicht; 😉zwinkerndes Gesicht; 😊lächelndes Gesicht mit lachenden Augen; \
    😇lächelndes Gesicht mit Heiligenschein; 🥰lächelndes Gesicht mit Herzen; \
    😍lächelndes Gesicht mit herzförmigen Augen; 🤩überwältigt; 😘Kuss zuwerfendes Gesicht; \
    😗küssendes Gesicht; 😋sich die Lippen leckendes Gesicht; 😛Gesicht mit herausgestreckter Zunge; \
    😜zwinkerndes Gesicht mit herausgestreckter Zunge; 🤪irres Gesicht; \
    😝Gesicht mit herausgestreckter Zunge und zusammengekniffenen Augen; 🤑Gesicht mit Dollarzeichen; \
    🤗Gesicht mit umarmenden Händen; 🤭verlegen kicherndes Gesicht; 🤫ermahnendes Gesicht; \
    🤔nachdenkendes Gesicht; 🤐Gesicht mit Reißverschlussmund; 🤨Gesicht mit hochgezogenen Augenbrauen; \
    😐neutrales Gesicht; 😑ausdrucksloses Gesicht; 😶Gesicht ohne Mund; 😏süffisant lächelndes Gesicht; \
    😒verstimmtes Gesicht; 🙄Augen verdrehendes Gesicht; 😬Grimassen schneidendes Gesicht; \
    😌erleichtertes Gesicht; 😔nachdenkliches Gesicht; 😪schläfriges Gesicht; 😴schlafendes Gesicht; \
    😷Gesicht mit Atemschutzmaske; 🤒Gesicht mit Fieberthermometer; 🤕Gesicht mit Kopfverband; \
    🤢würgendes Gesicht; 🤮kotzendes Gesicht; 🥵schwitzendes Gesicht; 🥶frierendes Gesicht; \
    🥴schwindeliges Gesicht; 😵benommenes Gesicht; 🤯explodierender Kopf; 🤠Gesicht mit Cowboyhut; \
    🥳Partygesicht; 😎lächelndes Gesicht mit Sonnenbrille; 🤓Strebergesicht; 🧐Gesicht mit Monokel; \
    😕verwundertes Gesicht; 😟besorgtes Gesicht; 🙁betrübtes Gesicht; 😮Gesicht mit offenem Mund; \
    😯verdutztes Gesicht; 😲erstauntes Gesicht; 😳errötetes Gesicht mit großen Augen; \
    🥺bettelndes Gesicht; 😦entsetztes Gesicht; 😧qualvolles Gesicht; 😨ängstliches Gesicht; \
    😰besorgtes Gesicht mit Schweißtropfen; 😥trauriges aber erleichtertes Gesicht; \
    😢weinendes Gesicht; 😭heulendes Gesicht; 😱vor Angst schreiendes Gesicht; 😖verwirrtes Gesicht; \
    😣entschlossenes Gesicht; 😞enttäuschtes Gesicht; 😓bedrücktes Gesicht mit Schweiß; \
    😩erschöpftes Gesicht; 😫müdes Gesicht; 🥱gähnendes Gesicht; 😤schnaubendes Gesicht; \
    😡schmollendes Gesicht; 😠verärgertes Gesicht; 🤬Gesicht mit Symbolen über dem Mund; \
    😈grinsendes Gesicht mit Hörnern; 💀Totenkopf; 💩Kothaufen; 🤡Clown-Gesicht; 👻Gespenst; \
    👽Außerirdischer; 🤖Roboter; ❤rotes Herz; 🧡oranges Herz; 💛gelbes Herz; 💚grünes Herz; 💙blaues Herz; \
    💜lila Herz; 🖤schwarzes Herz; 🤍weißes Herz; 💔gebrochenes Herz; 💕zwei Herzen; 💖funkelndes Herz; \
    💯100 Punkte; 💢Ärger; 💥Zusammenstoß; 💫schwindlig; 💦Schweißtropfen; 💨Staubwolke; \
    💬Sprechblase mit drei Punkten; 💭Gedankenblase; 💤Schlafen; 👋winkende Hand; \
    🤚erhobene Hand von hinten; ✋erhobene Hand; 👌OK-Zeichen; ✌Victory-Geste; \
    🤞Hand mit gekreuzten Fingern; 🤟Ich-liebe-dich-Geste; 🤘Teufelsgruß; \
    👈nach links weisender Zeigefinger; 👉nach rechts weisender Zeigefinger; \
    👆nach oben weisender Zeigefinger von hinten; 👇nach unten weisender Zeigefinger; \
    ☝nach oben weisender Zeigefinger von vorne; 👍Daumen hoch; 👎Daumen runter; ✊erhobene Faust; \
    👊geballte Faust; 👏klatschende Hände; 🙌zwei erhobene Handflächen; 👐offene Hände; 🤝Handschlag; \
    🙏zusammengelegte Handflächen; ✍schreibende Hand; 💪angespannter Bizeps; 👀Augen; 🧠Gehirn; 👶Baby; \
    👦Junge; 👧Mädchen; 👨Mann; 👩Frau; 👴älterer Mann; 👵ältere Frau; 🤷schulterzuckende Person; \
    🤦sich an den Kopf fassende Person; 🙋Person mit erhobenem Arm; 🏃laufende Person; 💃tanzende Frau; \
    👪Familie; 🐶Hundegesicht; 🐱Katzengesicht; 🐭Mäusegesicht; 🐰Hasengesicht; 🦊Fuchs; 🐻Bär; 🐼Panda; \
    🐨Koala; 🐯Tigergesicht; 🦁Löwe; 🐮Kuhgesicht; 🐷Schweinegesicht; 🐸Frosch; 🐵Affengesicht; 🐔Huhn; \
    🐧Pinguin; 🐦Vogel; 🦄Einhorn; 🐝Biene; 🦋Schmetterling; 🐌Schnecke; 🐢Schildkröte; 🐍Schlange; \
    🐙Oktopus; 🐟Fisch; 🐬Delfin; 🐳blasender Wal; 🌸Kirschblüte; 🌹Rose; 🌻Sonnenblume; 🌼gelbe Blüte; \
    🌷Tulpe; 🌱Spross; 🌲Nadelbaum; 🌳Laubbaum; 🌴Palme; 🍀Glücksklee; 🍁Ahornblatt; 🍂Laub; 🍎roter Apfel; \
    🍌Banane; 🍇Trauben; 🍓Erdbeere; 🍒Kirschen; 🍑Pfirsich; 🍍Ananas; 🥑Avocado; 🥕Karotte; 🌽Maiskolben; \
    🍞Brot; 🧀Käsestück; 🍳Spiegelei in Bratpfanne; 🍔Hamburger; 🍟Pommes frites; 🍕Pizza; 🍝Spaghetti; \
    🍣Sushi; 🍦Softeis; 🍩Donut; 🍪Keks; 🎂Geburtstagskuchen; 🍰Torte; 🍫Schokoladentafel; 🍯Honigtopf; \
    ☕Heißgetränk; 🍵Teetasse ohne Henkel; 🍷Weinglas; 🍺Bierkrug; 🍻Bierkrüge; 🥂Sektgläser; \
    🌍Globus mit Europa und Afrika; 🌎Globus mit Amerika; 🌏Globus mit Asien und Australien; \
    🗺Weltkarte; 🏔schneebedeckter Berg; 🏖Strand mit Sonnenschirm; 🏠Haus; 🏡Haus mit Garten; \
    🏢Bürogebäude; 🏥Krankenhaus; 🏫Schule; ⛪Kirche; 🚗Auto; 🚕Taxi; 🚌Bus; 🚀Rakete; ✈Flugzeug; \
    🚂Dampflokomotive; 🚲Fahrrad; ⛵Segelboot; ⏰Wecker; ⌛Sanduhr; ⏳laufende Sanduhr; ☀Sonne; \
    🌙Mondsichel; ⭐weißer mittelgroßer Stern; 🌟funkelnder Stern; 🌈Regenbogen; ☁Wolke; \
    ⛈Wolke mit Blitz und Regen; 🌧Wolke mit Regen; ❄Schneeflocke; ⛄Schneemann ohne Schneeflocken; \
    🔥Feuer; 💧Tropfen; 🌊Welle; 🎃Halloweenkürbis; 🎄Weihnachtsbaum; 🎆Feuerwerk; ✨funkelnde Sterne; \
    🎈Luftballon; 🎉Konfettibombe; 🎊Konfettiball; 🎁Geschenk; 🏆Pokal; 🥇Goldmedaille; 🥈Silbermedaille; \
    🥉Bronzemedaille; ⚽Fußball; 🏀Basketball; 🎾Tennisball; 🎮Gamepad; 🎲Spielwürfel; 🎨Mischpalette; \
    🎵Musiknote; 🎶Musiknoten; 🎤Mikrofon; 🎧Kopfhörer; 🎸Gitarre; 🎹Klaviatur; 🎺Trompete; 📱Mobiltelefon; \
    💻Laptop; ⌨Tastatur; 🖥Desktopcomputer; 🖨Drucker; 📷Fotoapparat; 📹Videokamera; 🎥Filmkamera; \
    📺Fernseher; 📻Radio; 🔋Batterie; 🔌Netzstecker; 💡Glühbirne; 🔦Taschenlampe; 🕯Kerze; 📖offenes Buch; \
    📚Bücherstapel; 📓Notizbuch; 📝Papier und Bleistift; ✏Bleistift; 🖊Kugelschreiber; 📌Reißzwecke; \
    📍Stecknadel; 📎Büroklammer; ✂Schere; 🔒geschlossenes Schloss; 🔓offenes Schloss; 🔑Schlüssel; \
    🔨Hammer; 🛠Hammer und Schraubenschlüssel; ⚙Zahnrad; 🔗Linksymbol; 🧪Reagenzglas; 🔬Mikroskop; \
    🔭Teleskop; 💉Spritze; 💊Kapsel; 🚪Tür; 🛏Bett; 🛒Einkaufswagen; 🚬Zigarette; ✅weißes Häkchen; \
    ❌Kreuzzeichen; ❓rotes Fragezeichen; ❗rotes Ausrufezeichen; ⚠Warnung; 🚫Verboten; \
    ♻Recycling-Symbol; ➡Pfeil nach rechts; ⬅Pfeil nach links; ⬆Pfeil nach oben; ⬇Pfeil nach unten; \
    🔄Pfeile gegen den Uhrzeigersinn; 🔔Glocke; 🔕durchgestrichene Glocke; 📣Megafon; 📢Lautsprecher; \
    📊Balkendiagramm; 📈Aufwärtstrend; 📉Abwärtstrend; 📅Kalender; 📆Abreißkalender; 🗑Papierkorb; \
    📁Ordner; 📂geöffneter Ordner; 📄Vorderseite eines Blattes; 📋Klemmbrett; 💰Geldsack; \
    💵Dollar-Banknote; 💳Kreditkarte; 💎Edelstein; ✉Briefumschlag; 📧E-Mail; 📦Paket; \
    📬offener Briefkasten mit Post;
    """
}
