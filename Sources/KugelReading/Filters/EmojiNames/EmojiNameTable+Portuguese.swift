extension EmojiNameTable {
  static let pt = """
    😀rosto risonho; 😃rosto risonho com olhos bem abertos; 😄rosto risonho com olhos sorridentes; \
    😁rosto contente com olhos sorridentes; 😆rosto risonho com olhos semicerrados; \
    😅rosto risonho com gota de suor; 🤣rolando no chão de rir; 😂rosto chorando de rir; \
    🙂rosto levemente sorridente; 🙃rosto de cabeça para baixo; 😉rosto com olho piscando; \
    😊rosto sorridente com olhos sorridentes; 😇rosto sorridente com auréola; \
    🥰rosto sorridente com 3 corações; 😍rosto sorridente com olhos de coração; \
    🤩rosto com olhar maravilhado; 😘rosto mandando um beijo; 😗rosto beijando; \
    😋rosto saboreando comida; 😛rosto mostrando a língua; 😜rosto piscando e com língua para fora; \
    🤪rosto bizarro; 😝rosto com olhos semicerrados e língua para fora; 🤑rosto com cifrões; \
    🤗rosto abraçando; 🤭rosto com a mão sobre a boca; 🤫rosto fazendo sinal de silêncio; \
    🤔rosto pensativo; 🤐rosto com boca de zíper; 🤨rosto com sobrancelha levantada; 😐rosto neutro; \
    😑rosto inexpressivo; 😶rosto sem boca; 😏rosto com sorriso maroto; 😒rosto aborrecido; \
    🙄rosto com olhos revirados; 😬rosto expressando desagrado; 😌rosto aliviado; 😔rosto deprimido; \
    😪rosto sonolento; 😴rosto dormindo; 😷rosto com máscara médica; 🤒rosto com termômetro; \
    🤕rosto com atadura na cabeça; 🤢rosto nauseado; 🤮rosto vomitando; 🥵rosto fervendo de calor; \
    🥶rosto gelado; 🥴rosto embriagado; 😵rosto atordoado; 🤯cabeça explodindo; \
    🤠rosto com chapéu de caubói; 🥳rosto festivo; 😎rosto sorridente com óculos escuros; \
    🤓rosto de nerd; 🧐rosto com monóculo; 😕rosto confuso; 😟rosto preocupado; 🙁rosto meio triste; \
    😮rosto com boca aberta; 😯rosto surpreso; 😲rosto espantado; 😳rosto ruborizado; 🥺rosto implorando; \
    😦rosto franzido com boca aberta; 😧rosto angustiado; 😨rosto amedrontado; \
    😰rosto ansioso com gota de suor; 😥rosto triste, mas aliviado; 😢rosto chorando; \
    😭rosto chorando aos berros; 😱rosto gritando de medo; 😖rosto perplexo; 😣rosto perseverante; \
    😞rosto desapontado; 😓rosto cabisbaixo com gota de suor; 😩rosto desolado; 😫rosto cansado; \
    🥱rosto bocejando; 😤rosto soltando vapor pelo nariz; 😡rosto furioso; 😠rosto zangado; \
    🤬rosto com símbolos na boca; 😈rosto sorridente com chifres; 💀caveira; 💩cocô; 🤡rosto de palhaço; \
    👻fantasma; 👽alienígena; 🤖rosto de robô; ❤coração vermelho; 🧡coração laranja; 💛coração amarelo; \
    💚coração verde; 💙coração azul; 💜coração roxo; 🖤coração preto; 🤍coração branco; 💔coração partido; \
    💕dois corações; 💖coração brilhante; 💯cem pontos; 💢símbolo de raiva; 💥colisão; 💫zonzo; \
    💦pingos de suor; 💨rapidez; 💬balão de diálogo; 💭balão de pensamento; 💤zzz; 👋mão acenando; \
    🤚dorso da mão levantado; ✋mão levantada; 👌sinal de ok; ✌mão em V de vitória; 🤞dedos cruzados; \
    🤟gesto de "te amo"; 🤘saudação do rock; \
    👈dorso da mão com dedo indicador apontando para a esquerda; \
    👉dorso da mão com dedo indicador apontando para a direita; \
    👆dorso da mão com dedo indicador apontando para cima; \
    👇dorso da mão com dedo indicador apontando para baixo; ☝indicador apontando para cima; \
    👍polegar para cima; 👎polegar para baixo; ✊punho levantado; 👊soco; 👏mãos aplaudindo; \
    🙌mãos para cima; 👐mãos abertas; 🤝aperto de mãos; 🙏mãos juntas; ✍escrevendo à mão; 💪bíceps; \
    👀olhos; 🧠cérebro; 👶bebê; 👦menino; 👧menina; 👨homem; 👩mulher; 👴homem idoso; 👵idosa; \
    🤷pessoa dando de ombros; 🤦pessoa decepcionada; 🙋pessoa levantando a mão; 🏃pessoa correndo; \
    💃mulher dançando; 👪família; 🐶rosto de cachorro; 🐱rosto de gato; 🐭rosto de camundongo; \
    🐰rosto de coelho; 🦊rosto de raposa; 🐻rosto de urso; 🐼rosto de panda; 🐨coala; 🐯rosto de tigre; \
    🦁rosto de leão; 🐮rosto de vaca; 🐷rosto de porco; 🐸sapo; 🐵rosto de macaco; 🐔galinha; 🐧pinguim; \
    🐦pássaro; 🦄rosto de unicórnio; 🐝abelha; 🦋borboleta; 🐌caracol; 🐢tartaruga; 🐍cobra; 🐙polvo; \
    🐟peixe; 🐬golfinho; 🐳baleia esguichando água; 🌸flor de cerejeira; 🌹rosa; 🌻girassol; 🌼flor; \
    🌷tulipa; 🌱muda de planta; 🌲conífera; 🌳árvore caidiça; 🌴palmeira; 🍀trevo de quatro folhas; \
    🍁folha de bordo; 🍂folhas caídas; 🍎maçã vermelha; 🍌banana; 🍇uvas; 🍓morango; 🍒cereja; 🍑pêssego; \
    🍍abacaxi; 🥑abacate; 🥕cenoura; 🌽milho; 🍞pão; 🧀queijo; 🍳ovo frito; 🍔hambúrguer; 🍟batata frita; \
    🍕pizza; 🍝espaguete; 🍣sushi; 🍦sorvete italiano; 🍩donut; 🍪biscoito; 🎂bolo de aniversário; \
    🍰pão de ló de morango; 🍫chocolate; 🍯pote de mel; ☕café; 🍵xícara de chá sem alça; 🍷vinho; \
    🍺cerveja; 🍻canecas de cerveja; 🥂taças brindando; 🌍globo mostrando Europa e África; \
    🌎globo mostrando as Américas; 🌏globo mostrando Ásia e Oceania; 🗺mapa-múndi; 🏔montanha com neve; \
    🏖praia e guarda-sol; 🏠casa; 🏡casa com jardim; 🏢edifício comercial; 🏥hospital; 🏫escola; ⛪igreja; \
    🚗carro; 🚕táxi; 🚌ônibus; 🚀foguete; ✈avião; 🚂locomotiva; 🚲bicicleta; ⛵barco a vela; ⏰despertador; \
    ⌛ampulheta; ⏳ampulheta contando o tempo; ☀sol; 🌙lua crescente; ⭐estrela branca média; \
    🌟estrela brilhante; 🌈arco-íris; ☁nuvem; ⛈chuva com trovão; 🌧nuvem com chuva; ❄floco de neve; \
    ⛄boneco de neve sem neve; 🔥fogo; 💧gota; 🌊onda; 🎃abóbora de halloween; 🎄árvore de natal; \
    🎆fogos de artifício; ✨brilhos; 🎈balão; 🎉cone de festa; 🎊confete; 🎁presente; 🏆troféu; \
    🥇medalha de ouro; 🥈medalha de prata; 🥉medalha de bronze; ⚽bola de futebol; 🏀bola de basquete; \
    🎾tênis; 🎮videogame; 🎲jogo de dado; 🎨paleta de tintas; 🎵nota musical; 🎶notas musicais; \
    🎤microfone; 🎧fones de ouvido; 🎸guitarra; 🎹teclado musical; 🎺trompete; 📱telefone celular; \
    💻laptop; ⌨teclado; 🖥computador de mesa; 🖨impressora; 📷câmera; 📹câmera de vídeo; \
    🎥câmera de cinema; 📺televisão; 📻rádio; 🔋pilha; 🔌tomada elétrica; 💡lâmpada; 🔦lanterna; 🕯vela; \
    📖livro aberto; 📚livros; 📓caderno; 📝memorando; ✏lápis; 🖊caneta; 📌tacha; 📍tacha redonda; \
    📎clipe de papel; ✂tesoura; 🔒cadeado; 🔓cadeado aberto; 🔑chave; 🔨martelo; \
    🛠martelo e chave-inglesa; ⚙engrenagem; 🔗link; 🧪tubo de ensaio; 🔬microscópio; 🔭telescópio; \
    💉seringa; 💊comprimido; 🚪porta; 🛏cama; 🛒carrinho de compras; 🚬cigarro; ✅marca de seleção branca; \
    ❌xis; ❓ponto de interrogação vermelho; ❗ponto de exclamação vermelho; ⚠aviso; 🚫proibido; \
    ♻símbolo de reciclagem; ➡seta para a direita; ⬅seta para a esquerda; ⬆seta para cima; \
    ⬇seta para baixo; 🔄botão de setas em sentido anti-horário; 🔔sino; 🔕sino silenciado; 📣megafone; \
    📢buzina; 📊gráfico de barras; 📈gráfico subindo; 📉gráfico caindo; 📅calendário; \
    📆calendário com folhas destacáveis; 🗑lixeira; 📁pasta de arquivos; 📂pasta de arquivos aberta; \
    📄página voltada para cima; 📋prancheta; 💰saco de dinheiro; 💵nota de dólar; 💳cartão de crédito; \
    💎pedra preciosa; ✉envelope; 📧e-mail; 📦pacote; 📬caixa de correio aberta com bandeira levantada;
    """
}
