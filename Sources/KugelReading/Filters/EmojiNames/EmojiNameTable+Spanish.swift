extension EmojiNameTable {
  static let es = """
    😀cara sonriendo; 😃cara sonriendo con ojos grandes; 😄cara sonriendo con ojos sonrientes; \
    😁cara radiante con ojos sonrientes; 😆cara sonriendo con los ojos cerrados; \
    😅cara sonriendo con sudor frío; 🤣cara revolviéndose de la risa; 😂cara llorando de risa; \
    🙂cara sonriendo ligeramente; 🙃cara al revés; 😉cara guiñando el ojo; \
    😊cara feliz con ojos sonrientes; 😇cara sonriendo con aureola; 🥰cara sonriendo con corazones; \
    😍cara sonriendo con ojos de corazón; 🤩cara sonriendo con estrellas; 😘cara lanzando un beso; \
    😗cara besando; 😋cara saboreando comida; 😛cara sacando la lengua; \
    😜cara sacando la lengua y guiñando un ojo; 🤪cara de loco; \
    😝cara con ojos cerrados y lengua fuera; 🤑cara con lengua de dinero; 🤗cara con manos abrazando; \
    🤭cara con mano sobre la boca; 🤫cara pidiendo silencio; 🤔cara pensativa; \
    🤐cara con la boca cerrada con cremallera; 🤨cara con ceja alzada; 😐cara neutral; \
    😑cara sin expresión; 😶cara sin boca; 😏cara sonriendo con superioridad; 😒cara de desaprobación; \
    🙄cara con ojos en blanco; 😬cara haciendo una mueca; 😌cara de alivio; 😔cara desanimada; \
    😪cara de sueño; 😴cara durmiendo; 😷cara con mascarilla médica; 🤒cara con termómetro; \
    🤕cara con la cabeza vendada; 🤢cara de náuseas; 🤮cara vomitando; 🥵cara con calor; 🥶cara con frío; \
    🥴cara de grogui; 😵cara mareada; 🤯cabeza explotando; 🤠cara con sombrero de vaquero; \
    🥳cara de fiesta; 😎cara sonriendo con gafas de sol; 🤓cara de empollón; 🧐cara con monóculo; \
    😕cara de confusión; 😟cara preocupada; 🙁cara con el ceño ligeramente fruncido; \
    😮cara con la boca abierta; 😯cara estupefacta; 😲cara asombrada; 😳cara sonrojada; \
    🥺cara de por favor; 😦cara con el ceño fruncido y la boca abierta; 😧cara angustiada; \
    😨cara asustada; 😰cara con ansiedad y sudor; 😥cara triste pero aliviada; 😢cara llorando; \
    😭cara llorando fuerte; 😱cara gritando de miedo; 😖cara de frustración; 😣cara desesperada; \
    😞cara decepcionada; 😓cara con sudor frío; 😩cara agotada; 😫cara cansada; 🥱cara de bostezo; \
    😤cara resoplando; 😡cara cabreada; 😠cara enfadada; 🤬cara con símbolos en la boca; \
    😈cara sonriendo con cuernos; 💀calavera; 💩caca con ojos; 🤡cara de payaso; 👻fantasma; 👽alienígena; \
    🤖robot; ❤corazón rojo; 🧡corazón naranja; 💛corazón amarillo; 💚corazón verde; 💙corazón azul; \
    💜corazón morado; 🖤corazón negro; 🤍corazón blanco; 💔corazón roto; 💕dos corazones; \
    💖corazón brillante; 💯cien puntos; 💢símbolo de enfado; 💥colisión; 💫símbolo de mareo; \
    💦gotas de sudor; 💨salir corriendo; 💬bocadillo de diálogo; 💭bocadillo de pensamiento; \
    💤símbolo de sueño; 👋mano saludando; 🤚dorso de la mano; ✋mano levantada; \
    👌señal de aprobación con la mano; ✌mano con señal de victoria; 🤞dedos cruzados; \
    🤟gesto de te quiero; 🤘mano haciendo el signo de cuernos; \
    👈dorso de mano con índice a la izquierda; 👉dorso de mano con índice a la derecha; \
    👆dorso de mano con índice hacia arriba; 👇dorso de mano con índice hacia abajo; \
    ☝dedo índice hacia arriba; 👍pulgar hacia arriba; 👎pulgar hacia abajo; ✊puño en alto; \
    👊puño cerrado; 👏manos aplaudiendo; 🙌manos levantadas celebrando; 👐manos abiertas; \
    🤝apretón de manos; 🙏manos en oración; ✍mano escribiendo; 💪bíceps flexionado; 👀ojos; 🧠cerebro; \
    👶bebé; 👦niño; 👧niña; 👨hombre; 👩mujer; 👴anciano; 👵anciana; 🤷persona encogida de hombros; \
    🤦persona con la mano en la frente; 🙋persona con la mano levantada; 🏃persona corriendo; \
    💃mujer bailando; 👪familia; 🐶cara de perro; 🐱cara de gato; 🐭cara de ratón; 🐰cara de conejo; \
    🦊zorro; 🐻oso; 🐼panda; 🐨koala; 🐯cara de tigre; 🦁león; 🐮cara de vaca; 🐷cara de cerdo; 🐸rana; \
    🐵cara de mono; 🐔gallina; 🐧pingüino; 🐦pájaro; 🦄unicornio; 🐝abeja; 🦋mariposa; 🐌caracol; 🐢tortuga; \
    🐍serpiente; 🐙pulpo; 🐟pez; 🐬delfín; 🐳ballena soltando un chorro; 🌸flor de cerezo; 🌹rosa; \
    🌻girasol; 🌼flor; 🌷tulipán; 🌱planta joven; 🌲árbol de hoja perenne; 🌳árbol de hoja caduca; \
    🌴palmera; 🍀trébol de cuatro hojas; 🍁hoja de arce; 🍂hojas caídas; 🍎manzana roja; 🍌plátano; 🍇uvas; \
    🍓fresa; 🍒cerezas; 🍑melocotón; 🍍piña; 🥑aguacate; 🥕zanahoria; 🌽espiga de maíz; 🍞pan de molde; \
    🧀cuña de queso; 🍳cocinar; 🍔hamburguesa; 🍟patatas fritas; 🍕pizza; 🍝espagueti; 🍣sushi; \
    🍦cucurucho de helado; 🍩dónut; 🍪galleta; 🎂tarta de cumpleaños; 🍰trozo de tarta; \
    🍫tableta de chocolate; 🍯tarro de miel; ☕bebida caliente; 🍵tazón de té; 🍷copa de vino; \
    🍺jarra de cerveza; 🍻jarras de cerveza brindando; 🥂copas brindando; \
    🌍globo terráqueo mostrando Europa y África; 🌎globo terráqueo mostrando América; \
    🌏globo terráqueo mostrando Asia y Australia; 🗺mapa mundial; 🏔montaña con nieve; \
    🏖playa y sombrilla; 🏠casa; 🏡casa con jardín; 🏢edificio de oficinas; 🏥hospital; 🏫colegio; \
    ⛪iglesia; 🚗coche; 🚕taxi; 🚌autobús; 🚀cohete; ✈avión; 🚂locomotora de vapor; 🚲bicicleta; ⛵velero; \
    ⏰reloj despertador; ⌛reloj de arena sin tiempo; ⏳reloj de arena con tiempo; ☀sol; 🌙luna; \
    ⭐estrella blanca mediana; 🌟estrella brillante; 🌈arcoíris; ☁nube; ⛈nube con rayo y lluvia; \
    🌧nube con lluvia; ❄copo de nieve; ⛄muñeco de nieve; 🔥fuego; 💧gota; 🌊ola de mar; \
    🎃calabaza de Halloween; 🎄árbol de Navidad; 🎆fuegos artificiales; ✨chispas; 🎈globo; \
    🎉cañón de confeti; 🎊bola de confeti; 🎁regalo; 🏆trofeo; 🥇medalla de oro; 🥈medalla de plata; \
    🥉medalla de bronce; ⚽balón de fútbol; 🏀balón de baloncesto; 🎾pelota de tenis; \
    🎮mando de videoconsola; 🎲dado; 🎨paleta de pintor; 🎵nota musical; 🎶notas musicales; 🎤micrófono; \
    🎧auricular; 🎸guitarra; 🎹teclado musical; 🎺trompeta; 📱teléfono móvil; 💻ordenador portátil; \
    ⌨teclado; 🖥ordenador de sobremesa; 🖨impresora; 📷cámara de fotos; 📹videocámara; 🎥cámara de cine; \
    📺televisión; 📻radio; 🔋pila; 🔌enchufe eléctrico; 💡bombilla; 🔦linterna; 🕯vela; 📖libro abierto; \
    📚libros; 📓cuaderno; 📝cuaderno de notas; ✏lápiz; 🖊bolígrafo; 📌chincheta; 📍chincheta redonda; \
    📎clip; ✂tijeras; 🔒candado cerrado; 🔓candado abierto; 🔑llave; 🔨martillo; \
    🛠martillo y llave inglesa; ⚙engranaje; 🔗eslabón; 🧪tubo de ensayo; 🔬microscopio; 🔭telescopio; \
    💉jeringuilla; 💊píldora; 🚪puerta; 🛏cama; 🛒carrito de la compra; 🚬cigarrillo; \
    ✅botón de marca de verificación; ❌marca de cruz; ❓interrogación roja; ❗exclamación roja; \
    ⚠advertencia; 🚫prohibido; ♻símbolo de reciclaje; ➡flecha hacia la derecha; \
    ⬅flecha hacia la izquierda; ⬆flecha hacia arriba; ⬇flecha hacia abajo; \
    🔄flechas en sentido antihorario; 🔔campana; 🔕campana con signo de cancelación; 📣megáfono; \
    📢altavoz de mano; 📊gráfico de barras; 📈gráfica de evolución ascendente; \
    📉gráfica de evolución descendente; 📅calendario; 📆calendario recortable; 🗑papelera; \
    📁carpeta de archivos; 📂carpeta de archivos abierta; 📄página hacia arriba; 📋portapapeles; \
    💰bolsa de dinero; 💵billete de dólar; 💳tarjeta de crédito; 💎piedra preciosa; ✉sobre; \
    📧correo electrónico; 📦paquete; 📬buzón abierto con la bandera levantada;
    """
}
