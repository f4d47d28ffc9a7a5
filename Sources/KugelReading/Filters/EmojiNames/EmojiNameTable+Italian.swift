extension EmojiNameTable {
  static let it = """
    😀faccina con un gran sorriso; 😃faccina con un gran sorriso e occhi spalancati; \
    😄faccina con sorriso e occhi sorridenti; 😁faccina raggiante con occhi felici; \
    😆sorriso a bocca aperta con occhi chiusi; 😅faccina con un gran sorriso e goccia di sudore; \
    🤣ridere a crepapelle; 😂faccina con lacrime di gioia; 🙂faccina con sorriso accennato; \
    🙃faccina sottosopra; 😉faccina che fa l’occhiolino; 😊faccina con occhi sorridenti; \
    😇faccina con sorriso e aureola; 🥰faccina con cuoricini; 😍faccina con sorriso e occhi a cuore; \
    🤩colpo di fulmine; 😘faccina che manda un bacio; 😗faccina che bacia; \
    😋faccina che si lecca i baffi; 😛faccina che mostra la lingua; \
    😜faccina che fa l’occhiolino e mostra la lingua; 🤪faccina impazzita; \
    😝faccina con un gran sorriso che mostra la lingua; 🤑faccina avida di denaro; \
    🤗faccina che abbraccia; 🤭faccina con mano sulla bocca; 🤫faccina che zittisce; \
    🤔faccina concentrata; 🤐faccina con bocca con cerniera; 🤨faccia con sopracciglia alzate; \
    😐faccina neutra; 😑faccina inespressiva; 😶faccina senza bocca; 😏faccina con sorrisetto; \
    😒faccina contrariata; 🙄faccina con occhi al cielo; 😬faccina con smorfia; 😌faccina sollevata; \
    😔faccina pensierosa; 😪faccina assonnata; 😴faccina che dorme; 😷faccina con mascherina; \
    🤒faccina con termometro; 🤕faccina con la testa bendata; 🤢faccina nauseata; 🤮faccina che vomita; \
    🥵faccina accaldata; 🥶faccina congelata; 🥴faccina stordita; 😵faccina frastornata; \
    🤯testa che esplode; 🤠faccina con cappello da cowboy; 🥳faccina che festeggia; \
    😎faccina con sorriso e occhiali da sole; 🤓faccina nerd; 🧐faccina con monocolo; 😕faccina confusa; \
    😟faccina preoccupata; 🙁faccina leggermente imbronciata; 😮faccina con bocca aperta; \
    😯faccina sorpresa; 😲faccina stupita; 😳faccina imbarazzata; 🥺faccina supplichevole; \
    😦faccina imbronciata con bocca aperta; 😧faccina angosciata; 😨faccina impaurita; \
    😰faccina sudata in ansia; 😥faccina delusa ma sollevata; 😢faccina che piange; 😭faccina disperata; \
    😱faccina terrorizzata; 😖faccina frustrata; 😣faccina perseverante; 😞faccina delusa; \
    😓faccina abbattuta sudata; 😩faccina esausta; 😫faccina stanca; 🥱faccina che sbadiglia; \
    😤faccina che sbuffa; 😡faccina accigliata; 😠faccina arrabbiata; 🤬faccina con simboli sulla bocca; \
    😈faccina con sorriso e corna; 💀teschio; 💩cacca; 🤡faccina pagliaccio; 👻fantasma; 👽alieno; \
    🤖faccina di robot; ❤cuore rosso; 🧡cuore arancione; 💛cuore giallo; 💚cuore verde; 💙cuore azzurro; \
    💜cuore viola; 🖤cuore nero; 🤍cuore bianco; 💔cuore infranto; 💕due cuori; 💖cuore che luccica; \
    💯100 punti; 💢rabbia; 💥collisione; 💫stella con scia; 💦gocce di sudore; 💨nuvola di polvere; \
    💬fumetto; 💭nuvoletta; 💤sonno; 👋mano che saluta; 🤚dorso mano alzata; ✋mano alzata; \
    👌mano che fa OK; ✌vittoria; 🤞dita incrociate; 🤟gesto ti amo; 🤘segno delle corna; \
    👈indice verso sinistra; 👉indice verso destra; 👆indice alzato; 👇indice abbassato; \
    ☝indice verso l’alto; 👍pollice in su; 👎pollice verso; ✊pugno; 👊pugno chiuso; \
    👏mani che applaudono; 🙌mani alzate; 👐mani aperte; 🤝stretta di mano; 🙏mani giunte; \
    ✍mano che scrive; 💪bicipite; 👀occhi; 🧠cervello; 👶neonato; 👦bambino; 👧bambina; 👨uomo; 👩donna; \
    👴uomo anziano; 👵donna anziana; 🤷persona che scrolla le spalle; 🤦persona esasperata; \
    🙋persona con mano alzata; 🏃persona che corre; 💃donna che balla; 👪famiglia; 🐶muso di cane; \
    🐱muso di gatto; 🐭muso di topo; 🐰muso di coniglio; 🦊volpe; 🐻orso; 🐼panda; 🐨koala; 🐯muso di tigre; \
    🦁leone; 🐮muso di mucca; 🐷muso di maiale; 🐸rana; 🐵muso di scimmia; 🐔gallina; 🐧pinguino; 🐦uccello; \
    🦄unicorno; 🐝ape; 🦋farfalla; 🐌lumaca; 🐢tartaruga; 🐍serpente; 🐙polpo; 🐟pesce; 🐬delfino; \
    🐳balena che spruzza acqua; 🌸fiore di ciliegio; 🌹rosa; 🌻girasole; 🌼fiore; 🌷tulipano; 🌱germoglio; \
    🌲albero sempreverde; 🌳albero deciduo; 🌴palma; 🍀quadrifoglio; 🍁foglia d’acero; 🍂foglia caduta; \
    🍎mela rossa; 🍌banana; 🍇uva; 🍓fragola; 🍒ciliegie; 🍑pesca; 🍍ananas; 🥑avocado; 🥕carota; \
    🌽pannocchia; 🍞pane in cassetta; 🧀fetta di formaggio; 🍳cucinare; 🍔hamburger; 🍟patatine; 🍕pizza; \
    🍝spaghetti; 🍣sushi; 🍦cono gelato; 🍩ciambella; 🍪biscotto; 🎂torta di compleanno; 🍰fetta di torta; \
    🍫cioccolato; 🍯barattolo di miele; ☕bevanda calda; 🍵tazza da tè senza manico; 🍷bicchiere di vino; \
    🍺boccale di birra; 🍻boccali di birra; 🥂brindisi; 🌍Europa e Africa; 🌎America; 🌏Asia e Australia; \
    🗺mappa mondiale; 🏔montagna innevata; 🏖spiaggia con ombrellone; 🏠casa; 🏡casa con giardino; \
    🏢edificio; 🏥ospedale; 🏫scuola; ⛪chiesa; 🚗auto; 🚕taxi; 🚌bus; 🚀razzo; ✈aeroplano; 🚂locomotiva; \
    🚲bicicletta; ⛵barca a vela; ⏰sveglia; ⌛clessidra; ⏳clessidra che scorre; ☀sole; \
    🌙spicchio di luna; ⭐stella; 🌟stella che brilla; 🌈arcobaleno; ☁nuvola; ⛈temporale; 🌧pioggia; \
    ❄fiocco di neve; ⛄pupazzo di neve senza neve; 🔥fuoco; 💧goccia; 🌊onda; 🎃zucca di Halloween; \
    🎄albero di Natale; 🎆fuochi d’artificio; ✨stelline; 🎈palloncino; 🎉spara coriandoli; 🎊coriandoli; \
    🎁regalo; 🏆coppa; 🥇medaglia d’oro; 🥈medaglia d’argento; 🥉medaglia di bronzo; ⚽pallone da calcio; \
    🏀palla da pallacanestro; 🎾tennis; 🎮gamepad; 🎲dado; 🎨tavolozza; 🎵nota musicale; 🎶note musicali; \
    🎤microfono; 🎧cuffie; 🎸chitarra; 🎹piano; 🎺tromba; 📱telefono cellulare; 💻computer portatile; \
    ⌨tastiera; 🖥computer fisso; 🖨stampante; 📷fotocamera; 📹videocamera; 🎥cinepresa; 📺televisore; \
    📻radio; 🔋batteria; 🔌spina elettrica; 💡lampadina; 🔦torcia; 🕯candela; 📖libro aperto; 📚libri; \
    📓quaderno; 📝memo; ✏matita; 🖊penna a sfera; 📌puntina; 📍puntina arrotondata; 📎graffetta; ✂forbici; \
    🔒lucchetto chiuso; 🔓lucchetto aperto; 🔑chiave; 🔨martello; 🛠martello e chiave inglese; \
    ⚙ingranaggio; 🔗collegamento; 🧪provetta; 🔬microscopio; 🔭telescopio; 💉siringa; 💊pillola; 🚪porta; \
    🛏letto; 🛒carrello; 🚬sigaretta; ✅pulsante segno di spunta; ❌croce; ❓punto interrogativo rosso; \
    ❗punto esclamativo rosso; ⚠simbolo di avviso; 🚫segnale di divieto; ♻simbolo del riciclaggio; \
    ➡freccia rivolta verso destra; ⬅freccia rivolta a sinistra; ⬆freccia rivolta verso l’alto; \
    ⬇freccia rivolta verso il basso; 🔄frecce che ruotano in senso antiorario; 🔔campana; \
    🔕campana sbarrata; 📣megafono; 📢altoparlante; 📊grafico a barre; 📈grafico con andamento positivo; \
    📉grafico con andamento negativo; 📅calendario; 📆calendario a strappo; 🗑cestino; 📁cartella file; \
    📂cartella aperta; 📄pagina; 📋portablocco; 💰sacco di soldi; 💵banconota Dollaro; 💳carta di credito; \
    💎gemma; ✉busta; 📧e-mail; 📦pacco; 📬cassetta postale aperta bandierina alzata;
    """
}
