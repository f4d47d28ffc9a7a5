extension EmojiNameTable {
  static let pl = """
    😀szeroko uśmiechnięta twarz; 😃uśmiechnięta twarz z otwartymi ustami; \
    😄uśmiechnięta twarz z otwartymi ustami i roześmianymi oczami; \
    😁szeroko uśmiechnięta twarz o roześmianych oczach; 😆uśmiechnięta twarz z przymrużonymi oczami; \
    😅uśmiechnięta twarz z otwartymi ustami, oblana zimnym potem; 🤣tarza się ze śmiechu; \
    😂twarz ze łzami radości; 🙂lekko uśmiechnięta twarz; 🙃odwrócona twarz; 😉twarz puszczająca oko; \
    😊uśmiechnięta twarz o roześmianych oczach; 😇uśmiechnięta twarz z aureolą; \
    🥰uśmiechnięta buźka z sercami; 😍uśmiechnięta twarz z oczami w kształcie serca; 🤩zafascynowany; \
    😘twarz przesyłająca całusa; 😗całująca twarz; 😋twarz delektująca się pysznym jedzeniem; \
    😛twarz wystawiająca język; 😜twarz wystawiająca język i puszczająca oko; 🤪szalona twarz; \
    😝twarz ze zmrużonymi oczami wystawiająca język; 🤑twarz z pieniędzmi na ustach; \
    🤗twarz z gestem przytulania; 🤭twarz z ręką na ustach; 🤫uciszająca twarz; 🤔myśląca twarz; \
    🤐twarz z zamkiem błyskawicznym na ustach; 🤨twarz z podniesioną brwią; 😐neutralna twarz; \
    😑twarz bez wyrazu; 😶twarz bez ust; 😏twarz z uśmieszkiem; 😒niezadowolona twarz; \
    🙄twarz przewracająca oczami; 😬twarz z grymasem; 😌twarz z wyrazem ulgi; 😔zamyślona twarz; \
    😪senna twarz; 😴śpiąca twarz; 😷twarz w masce medycznej; 🤒twarz z termometrem; 🤕twarz z bandażem; \
    🤢twarz z mdłościami; 🤮wymiotująca twarz; 🥵rozgrzana twarz; 🥶zmarznięta twarz; 🥴zamroczona twarz; \
    😵oszołomiona twarz; 🤯eksplodująca głowa; 🤠głowa w kapeluszu kowbojskim; 🥳świętująca twarz; \
    😎uśmiechnięta twarz w okularach przeciwsłonecznych; 🤓kujon; 🧐twarz z monoklem; \
    😕zdezorientowana twarz; 😟zmartwiona twarz; 🙁lekko zachmurzona twarz; 😮twarz z otwartymi ustami; \
    😯zdumiona twarz; 😲zadziwiona twarz; 😳twarz z rumieńcami; 🥺błagająca twarz; \
    😦zachmurzona twarz z otwartymi ustami; 😧udręczona twarz; 😨przestraszona twarz; \
    😰zaniepokojona twarz oblana potem; 😥smutna twarz z wyrazem ulgi; 😢płacząca twarz; \
    😭głośno płacząca twarz; 😱twarz krzycząca ze strachu; 😖zakłopotana twarz; 😣uparta twarz; \
    😞rozczarowana twarz; 😓twarz ze spuszczonymi oczami oblana potem; 😩znużona twarz; \
    😫zmęczona twarz; 🥱ziewająca twarz; 😤prychająca twarz; 😡nadąsana twarz; 😠zagniewana twarz; \
    🤬twarz z symbolami na ustach; 😈uśmiechnięta twarz z rogami; 💀czaszka; 💩kupa; 🤡twarz klauna; \
    👻duch; 👽ufoludek; 🤖głowa robota; ❤czerwone serce; 🧡pomarańczowe serce; 💛żółte serce; \
    💚zielone serce; 💙niebieskie serce; 💜purpurowe serce; 🖤czarne serce; 🤍białe serce; \
    💔złamane serce; 💕dwa serca; 💖migoczące serce; 💯sto punktów; 💢symbol gniewu; 💥kolizja; \
    💫zawroty głowy; 💦krople potu; 💨szybkie poruszanie się; 💬dymek; 💭dymek myśli; 💤chrapanie; \
    👋machająca dłoń; 🤚wzniesiony grzbiet dłoni; ✋wzniesiona dłoń; 👌dłoń z gestem OK; ✌gest V; \
    🤞skrzyżowane palce; 🤟gest Kocham cię; 🤘gest rogów; 👈palec w lewo; \
    👉dłoń z palcem wskazującym w prawo; 👆dłoń z palcem wskazującym w górę; \
    👇dłoń z palcem wskazującym w dół; ☝palec wskazujący w górę; 👍kciuk w górę; 👎kciuk w dół; \
    ✊wzniesiona pięść; 👊pięść od przodu; 👏klaskanie; 🙌wzniesione ręce; 👐otwarte dłonie; \
    🤝uścisk dłoni; 🙏złożone ręce; ✍pisząca dłoń; 💪napięty biceps; 👀oczy; 🧠mózg; 👶niemowlę; \
    👦chłopiec; 👧dziewczynka; 👨mężczyzna; 👩kobieta; 👴starszy mężczyzna; 👵starsza kobieta; \
    🤷osoba wzruszająca ramionami; 🤦osoba trzymająca się za czoło; 🙋osoba podnosząca rękę; \
    🏃biegnąca osoba; 💃tańcząca kobieta; 👪rodzina; 🐶głowa psa; 🐱głowa kota; 🐭głowa myszy; \
    🐰głowa królika; 🦊głowa lisa; 🐻głowa niedźwiedzia; 🐼głowa pandy; 🐨koala; 🐯głowa tygrysa; \
    🦁głowa lwa; 🐮głowa krowy; 🐷głowa świni; 🐸głowa żaby; 🐵głowa małpy; 🐔kura; 🐧pingwin; 🐦ptak; \
    🦄głowa jednorożca; 🐝pszczoła; 🦋motyl; 🐌ślimak; 🐢żółw; 🐍wąż; 🐙ośmiornica; 🐟ryba; 🐬delfin; \
    🐳wieloryb tryskający wodą; 🌸kwiat wiśni; 🌹róża; 🌻słonecznik; 🌼kwiat; 🌷tulipan; 🌱sadzonka; \
    🌲wiecznie zielone drzewo; 🌳drzewo liściaste; 🌴palma; 🍀czterolistna koniczyna; 🍁liść klonowy; \
    🍂spadające liście; 🍎czerwone jabłko; 🍌banan; 🍇winogrona; 🍓truskawka; 🍒wiśnie; 🍑brzoskwinia; \
    🍍ananas; 🥑awokado; 🥕marchew; 🌽kolba kukurydzy; 🍞chleb; 🧀kawałek sera; 🍳gotowanie; 🍔hamburger; \
    🍟frytki; 🍕pizza; 🍝spaghetti; 🍣sushi; 🍦lody włoskie; 🍩pączek z dziurką; 🍪ciastko; \
    🎂tort urodzinowy; 🍰tort; 🍫tabliczka czekolady; 🍯garnek miodu; ☕gorący napój; \
    🍵filiżanka bez uszka; 🍷kieliszek wina; 🍺kufel piwa; 🍻stukające się kufle piwa; \
    🥂stukające się kieliszki; 🌍kula ziemska przedstawiająca Europę i Afrykę; \
    🌎kula ziemska przedstawiająca Ameryki; 🌏kula ziemska przedstawiająca Azję i Australię; \
    🗺mapa świata; 🏔góra z czapą lodową; 🏖parasol na plaży; 🏠dom; 🏡dom z ogrodem; 🏢biurowiec; \
    🏥szpital; 🏫szkoła; ⛪kościół; 🚗samochód; 🚕taksówka; 🚌autobus; 🚀rakieta; ✈samolot; 🚂lokomotywa; \
    🚲rower; ⛵żaglówka; ⏰budzik; ⌛klepsydra; ⏳klepsydra z przesypującym się piaskiem; ☀słońce; \
    🌙półksiężyc; ⭐gwiazda; 🌟błyszcząca gwiazda; 🌈tęcza; ☁chmura; ⛈chmura z piorunem i deszczem; \
    🌧chmura i deszcz; ❄płatek śniegu; ⛄bałwan bez śniegu; 🔥ogień; 💧kropla; 🌊fala; \
    🎃dynia na halloween; 🎄choinka bożonarodzeniowa; 🎆fajerwerki; ✨gwiazdki; 🎈balon; \
    🎉tuba z konfetti; 🎊kula z konfetti; 🎁zapakowany prezent; 🏆puchar; 🥇medal za 1. miejsce; \
    🥈medal za 2. miejsce; 🥉medal za 3. miejsce; ⚽piłka nożna; 🏀koszykówka; 🎾tenis; 🎮gra wideo; \
    🎲kostka do gry; 🎨paleta malarska; 🎵nuta; 🎶nuty; 🎤mikrofon; 🎧słuchawki; 🎸gitara; 🎹klawisze; \
    🎺trąbka; 📱telefon komórkowy; 💻laptop; ⌨klawiatura; 🖥komputer; 🖨drukarka; 📷aparat fotograficzny; \
    📹kamera wideo; 🎥kamera filmowa; 📺telewizja; 📻radio; 🔋bateria; 🔌wtyczka elektryczna; 💡żarówka; \
    🔦latarka; 🕯świeca; 📖otwarta książka; 📚książki; 📓notes; 📝notatka; ✏ołówek; 🖊długopis; 📌pinezka; \
    📍okrągła pinezka; 📎spinacz; ✂nożyczki; 🔒zamknięta kłódka; 🔓otwarta kłódka; 🔑klucz; 🔨młotek; \
    🛠młot i klucz; ⚙koło zębate; 🔗ogniwa; 🧪probówka; 🔬mikroskop; 🔭teleskop; 💉strzykawka; 💊kapsułka; \
    🚪drzwi; 🛏łóżko; 🛒wózek sklepowy; 🚬papieros; ✅przycisk ze znacznikiem wyboru; ❌znak krzyżyka; \
    ❓czerwony znak zapytania; ❗czerwony wykrzyknik; ⚠ostrzeżenie; 🚫zakaz; ♻recykling; \
    ➡strzałka w prawo; ⬅strzałka w lewo; ⬆strzałka w górę; ⬇strzałka w dół; \
    🔄przycisk ze strzałkami przeciwnie do ruchu wskazówek zegara; 🔔dzwonek; 🔕przekreślony dzwonek; \
    📣megafon; 📢głośnik; 📊wykres słupkowy; 📈wykres wzrostu; 📉wykres spadku; 📅kalendarz; \
    📆kalendarz z wyrywanymi kartkami; 🗑kosz na śmieci; 📁folder; 📂otwarty folder; 📄strona; \
    📋podkładka do pisania; 💰worek z pieniędzmi; 💵banknot dolara; 💳karta kredytowa; \
    💎kamień szlachetny; ✉koperta; 📧e-mail; 📦paczka; 📬otwarta skrzynka pocztowa z podniesioną flagą;
    """
}
