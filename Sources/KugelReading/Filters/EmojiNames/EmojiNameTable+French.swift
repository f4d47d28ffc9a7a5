extension EmojiNameTable {
  static let fr = """
    😀visage rieur; 😃visage souriant avec de grands yeux; 😄visage très souriant aux yeux rieurs; \
    😁visage souriant aux yeux rieurs; 😆visage souriant avec yeux plissés; \
    😅visage souriant avec une goutte de sueur; 🤣se rouler par terre de rire; \
    😂visage riant aux larmes; 🙂visage avec un léger sourire; 🙃tête à l’envers; \
    😉visage faisant un clin d’œil; 😊visage souriant avec yeux rieurs; 😇visage souriant avec auréole; \
    🥰visage souriant avec cœurs; 😍visage souriant avec yeux en forme de cœur; \
    🤩visage avec des étoiles à la place des yeux; 😘visage envoyant un bisou; \
    😗visage faisant un bisou; 😋miam; 😛visage qui tire la langue; \
    😜visage qui tire la langue et fait un clin d’œil; 🤪tête de fou; \
    😝visage qui tire la langue les yeux plissés; 🤑argent dans les yeux et la bouche; \
    🤗visage qui fait un câlin; 🤭visage avec une main sur la bouche; \
    🤫visage avec un doigt sur la bouche; 🤔visage en pleine réflexion; \
    🤐visage avec bouche fermeture éclair; 🤨visage avec les sourcils relevés; 😐visage neutre; \
    😑visage sans expression; 😶visage sans bouche; 😏visage avec un sourire malin; 😒visage blasé; \
    🙄visage roulant des yeux; 😬visage grimaçant; 😌visage soulagé; 😔visage pensif; 😪visage endormi; \
    😴visage somnolent; 😷visage avec masque; 🤒visage avec thermomètre; \
    🤕visage avec bandage autour de la tête; 🤢visage nauséeux; 🤮visage qui vomit; \
    🥵visage rouge et chaud; 🥶visage bleu et froid; 🥴visage éméché; 😵visage étourdi; \
    🤯tête qui explose; 🤠visage avec chapeau de cowboy; 🥳visage festif; \
    😎visage avec lunettes de soleil; 🤓visage de geek; 🧐visage avec un monocle; 😕visage confus; \
    😟visage inquiet; 🙁visage légèrement mécontent; 😮visage avec bouche ouverte; 😯visage ébahi; \
    😲visage stupéfait; 😳visage qui rougit; 🥺visage implorant; 😦visage mécontent avec bouche ouverte; \
    😧visage angoissé; 😨visage effrayé; 😰visage anxieux avec goutte de sueur; \
    😥visage triste mais soulagé; 😢visage qui pleure; 😭visage qui pleure à chaudes larmes; \
    😱visage qui hurle de peur; 😖visage déconcerté; 😣visage persévérant; 😞visage déçu; \
    😓visage démoralisé avec goutte de sueur; 😩visage épuisé; 😫visage fatigué; 🥱visage bâillant; \
    😤visage avec fumée sortant des narines; 😡visage boudeur; 😠visage en colère; \
    🤬visage avec des symboles dans la bouche; 😈visage souriant avec des cornes; 💀crâne; \
    💩tas de crotte; 🤡visage de clown; 👻fantôme; 👽alien; 🤖robot; ❤cœur rouge; 🧡cœur orange; \
    💛cœur jaune; 💚cœur vert; 💙cœur bleu; 💜cœur violet; 🖤cœur noir; 🤍cœur blanc; 💔cœur brisé; \
    💕deux cœurs; 💖cœur étincelant; 💯cent points; 💢symbole de colère; 💥explosion; 💫étourdissement; \
    💦gouttes de sueur; 💨décamper; 💬bulle de parole; 💭bulle de pensée; 💤endormi; 👋signe de la main; \
    🤚dos de main levée; ✋main levée; 👌ok; ✌V de la victoire; 🤞doigts croisés; 🤟signe je t’aime; \
    🤘cornes avec les doigts; 👈main avec index pointant à gauche; 👉main avec index pointant à droite; \
    👆main avec index pointant vers le haut; 👇main avec index pointant vers le bas; \
    ☝index pointant vers le haut; 👍pouce vers le haut; 👎pouce vers le bas; ✊poing levé; \
    👊poing de face; 👏applaudissements; 🙌mains levées; 👐mains ouvertes; 🤝poignée de main; \
    🙏mains en prière; ✍main qui écrit; 💪biceps contracté; 👀yeux; 🧠cerveau; 👶bébé; 👦garçon; 👧fille; \
    👨homme; 👩femme; 👴homme âgé; 👵femme âgée; 🤷personne qui hausse les épaules; \
    🤦personne avec la paume sur le visage; 🙋personne qui lève la main; 🏃personne qui court; \
    💃danseuse; 👪famille; 🐶tête de chien; 🐱tête de chat; 🐭tête de souris; 🐰tête de lapin; 🦊renard; \
    🐻ours; 🐼panda; 🐨koala; 🐯tête de tigre; 🦁tête de lion; 🐮tête de vache; 🐷tête de cochon; \
    🐸grenouille; 🐵tête de singe; 🐔poule; 🐧pingouin; 🐦oiseau; 🦄licorne; 🐝abeille; 🦋papillon; \
    🐌escargot; 🐢tortue; 🐍serpent; 🐙pieuvre; 🐟poisson; 🐬dauphin; 🐳baleine soufflant par son évent; \
    🌸fleur de cerisier; 🌹rose; 🌻tournesol; 🌼bourgeon; 🌷tulipe; 🌱jeune pousse; 🌲conifère; \
    🌳arbre à feuilles caduques; 🌴palmier; 🍀trèfle à quatre feuilles; 🍁feuille d’érable; \
    🍂feuille morte; 🍎pomme rouge; 🍌banane; 🍇raisin; 🍓fraise; 🍒cerises; 🍑pêche; 🍍ananas; 🥑avocat; \
    🥕carotte; 🌽épi de maïs; 🍞pain; 🧀part de fromage; 🍳œuf au plat; 🍔hamburger; 🍟frites; 🍕pizza; \
    🍝spaghetti; 🍣sushi; 🍦glace italienne; 🍩doughnut; 🍪cookie; 🎂gâteau d’anniversaire; 🍰gâteau sablé; \
    🍫barre chocolatée; 🍯pot de miel; ☕boisson chaude; 🍵tasse; 🍷verre de vin; 🍺chope; \
    🍻chopes de bière; 🥂trinquer; 🌍globe tourné sur l’Afrique et l’Europe; \
    🌎globe tourné sur les Amériques; 🌏globe tourné sur l’Asie et l’Australie; 🗺carte du monde; \
    🏔montagne enneigée; 🏖plage avec parasol; 🏠maison; 🏡maison avec jardin; 🏢immeuble de bureaux; \
    🏥hôpital; 🏫école; ⛪église; 🚗voiture; 🚕taxi; 🚌bus; 🚀fusée; ✈avion; 🚂locomotive; 🚲vélo; ⛵voilier; \
    ⏰réveil; ⌛sablier; ⏳sablier avec sable qui coule; ☀soleil; 🌙croissant de lune; ⭐étoile; \
    🌟étoile brillante; 🌈arc-en-ciel; ☁nuage; ⛈nuage avec éclair et pluie; 🌧nuage avec pluie; \
    ❄flocon; ⛄bonhomme de neige sans neige; 🔥feu; 💧goutte d’eau; 🌊vague; 🎃citrouille; \
    🎄sapin de Noël; 🎆feu d’artifice; ✨étincelles; 🎈ballon gonflable; 🎉cotillons; 🎊confettis; \
    🎁cadeau; 🏆trophée; 🥇médaille d’or; 🥈médaille d’argent; 🥉médaille de bronze; ⚽ballon de football; \
    🏀basket; 🎾tennis; 🎮jeu vidéo; 🎲dés; 🎨palette de peinture; 🎵note de musique; 🎶notes de musique; \
    🎤micro; 🎧casque; 🎸guitare; 🎹piano; 🎺trompette; 📱téléphone portable; 💻ordinateur portable; \
    ⌨clavier; 🖥ordinateur de bureau; 🖨imprimante; 📷appareil photo; 📹caméscope; 🎥caméra; 📺téléviseur; \
    📻radio; 🔋pile; 🔌câble avec fiche électrique; 💡ampoule; 🔦torche; 🕯bougie; 📖livre ouvert; 📚livres; \
    📓carnet; 📝mémo; ✏crayon; 🖊stylo; 📌punaise; 📍épingle; 📎trombone; ✂ciseaux; 🔒cadenas fermé; \
    🔓cadenas ouvert; 🔑clé; 🔨marteau; 🛠marteau et clé à molette; ⚙roue dentée; 🔗chaînons; \
    🧪tube à essai; 🔬microscope; 🔭télescope; 💉seringue; 💊pilule; 🚪porte; 🛏lit; 🛒chariot; 🚬cigarette; \
    ✅bouton coché; ❌croix; ❓point d’interrogation rouge; ❗point d’exclamation rouge; \
    ⚠symbole d’avertissement; 🚫symbole d’interdiction; ♻symbole Recyclage; ➡flèche droite; \
    ⬅flèche gauche; ⬆flèche haut; ⬇flèche bas; 🔄flèches dans le sens antihoraire; 🔔cloche; \
    🔕alarme désactivée; 📣porte-voix; 📢haut-parleur; 📊graphiques à barres; 📈graphique en hausse; \
    📉graphique en baisse; 📅calendrier; 📆éphéméride; 🗑corbeille à papiers; 📁dossier; 📂dossier ouvert; \
    📄page; 📋porte-bloc; 💰sac plein d’argent; 💵billet en dollars; 💳carte bancaire; 💎pierre précieuse; \
    ✉enveloppe; 📧e-mail; 📦colis; 📬boîte aux lettres ouverte drapeau levé;
    """
}
