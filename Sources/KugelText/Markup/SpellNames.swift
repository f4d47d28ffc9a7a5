/// What signs are called when a text is read character by character.
///
/// Source: protocol notes, section 12.1, for `@`, `.`, `-` and `_` in English, German, French and Spanish.
enum SpellNames {
  /// - Parameter language: ISO 639-1, in any case, also with a region.
  /// - Returns: names of signs; a blank's is that of all white space. English ones where a language has
  ///   none.
  static func of(_ language: String?) -> [Unicode.Scalar: String] {
    switch WordList.code(of: language) {
    case "de": german
    case "fr": french
    case "es": spanish
    case "it": italian
    case "pt": portuguese
    case "nl": dutch
    case "pl": polish
    default: english
    }
  }

  private static let english = table(
    """
    @ at  . dot  - dash  _ underscore  , comma  : colon  ; semicolon  / slash  \\ backslash
    + plus  * star  # hash  & and  % percent  = equals  ! exclamation mark  ? question mark
    ( open parenthesis  ) close parenthesis  [ open bracket  ] close bracket  { open brace
    } close brace  < less than  > greater than  $ dollar  € euro  £ pound  ¥ yen  ¢ cent
    ' apostrophe  ’ apostrophe  ‘ quote  " quote  “ quote  ” quote  „ quote  « quote  » quote
    ~ tilde  ^ caret  | bar  ` backtick  ´ accent  – dash  — dash  … ellipsis  § section
    ° degree  © copyright  ® registered  ™ trademark  × times  ÷ divided by  ± plus minus  µ micro
    • bullet  · middle dot  ¿ inverted question mark  ¡ inverted exclamation mark  ¶ paragraph
    № number  − minus  ‰ per mille
    """, space: "space")

  private static let german = table(
    """
    @ ät  . Punkt  - Strich  _ Unterstrich  , Komma  : Doppelpunkt  ; Semikolon  / Schrägstrich
    \\ umgekehrter Schrägstrich  + Plus  * Stern  # Raute  & und  % Prozent  = gleich
    ! Ausrufezeichen  ? Fragezeichen  ( Klammer auf  ) Klammer zu  [ eckige Klammer auf
    ] eckige Klammer zu  { geschweifte Klammer auf  } geschweifte Klammer zu  < kleiner als
    > größer als  $ Dollar  € Euro  £ Pfund  ¥ Yen  ¢ Cent  ' Apostroph  ’ Apostroph
    ‘ Anführungszeichen  " Anführungszeichen  “ Anführungszeichen  ” Anführungszeichen
    „ Anführungszeichen  « Anführungszeichen  » Anführungszeichen  ~ Tilde  ^ Zirkumflex
    | senkrechter Strich  ` Gravis  ´ Akzent  – Gedankenstrich  — Gedankenstrich
    … Auslassungspunkte  § Paragraf  ° Grad  © Copyright  ® eingetragene Marke  ™ Marke  × mal
    ÷ geteilt durch  ± plus minus  µ Mikro  • Punkt  · Mittelpunkt
    ¿ umgekehrtes Fragezeichen  ¡ umgekehrtes Ausrufezeichen  ¶ Absatz  № Nummer  − minus
    ‰ Promille
    """, space: "Leerzeichen", over: english)

  private static let french = table(
    """
    @ arobase  . point  - tiret  _ underscore  , virgule  : deux-points  ; point-virgule
    / barre oblique  \\ barre oblique inverse  + plus  * étoile  # dièse  & et  % pour cent
    = égal  ! point d'exclamation  ? point d'interrogation  ( parenthèse ouvrante
    ) parenthèse fermante  [ crochet ouvrant  ] crochet fermant  { accolade ouvrante
    } accolade fermante  < inférieur à  > supérieur à  $ dollar  € euro  £ livre  ¥ yen
    ¢ centime  ' apostrophe  ’ apostrophe  ‘ guillemet  " guillemet  “ guillemet  ” guillemet
    „ guillemet  « guillemet ouvrant  » guillemet fermant  ~ tilde  ^ accent circonflexe
    | barre verticale  ` accent grave  ´ accent aigu  – tiret  — tiret  … points de suspension
    § paragraphe  ° degré  © copyright  ® marque déposée  ™ marque  × fois  ÷ divisé par
    ± plus ou moins  µ micro  • puce  · point médian  ¿ point d'interrogation inversé
    ¡ point d'exclamation inversé  ¶ paragraphe  № numéro  − moins  ‰ pour mille
    """, space: "espace", over: english)

  private static let spanish = table(
    """
    @ arroba  . punto  - guión  _ guión bajo  , coma  : dos puntos  ; punto y coma  / barra
    \\ barra invertida  + más  * asterisco  # almohadilla  & y  % por ciento  = igual
    ! cierre de exclamación  ? cierre de interrogación  ( abrir paréntesis  ) cerrar paréntesis
    [ abrir corchete  ] cerrar corchete  { abrir llave  } cerrar llave  < menor que  > mayor que
    $ dólar  € euro  £ libra  ¥ yen  ¢ centavo  ' apóstrofo  ’ apóstrofo  ‘ comillas  " comillas
    “ comillas  ” comillas  „ comillas  « comillas  » comillas  ~ virgulilla  ^ acento circunflejo
    | barra vertical  ` acento grave  ´ acento  – raya  — raya  … puntos suspensivos  § sección
    ° grado  © copyright  ® marca registrada  ™ marca  × por  ÷ dividido por  ± más menos  µ micro
    • viñeta  · punto medio  ¿ apertura de interrogación  ¡ apertura de exclamación  ¶ párrafo
    № número  − menos  ‰ por mil
    """, space: "espacio", over: english)

  private static let italian = table(
    """
    @ chiocciola  . punto  - trattino  _ trattino basso  , virgola  : due punti  ; punto e virgola
    / barra  \\ barra inversa  + più  * asterisco  # cancelletto  & e  % per cento  = uguale
    ! punto esclamativo  ? punto interrogativo  ( aperta parentesi  ) chiusa parentesi
    [ aperta quadra  ] chiusa quadra  { aperta graffa  } chiusa graffa  < minore di  > maggiore di
    $ dollaro  € euro  £ sterlina  ' apostrofo  ’ apostrofo  ‘ virgolette  " virgolette
    “ virgolette  ” virgolette  « virgolette  » virgolette  ~ tilde  ^ accento circonflesso
    | barra verticale  ` accento grave  – lineetta  — lineetta  … puntini  § paragrafo  ° grado
    × per  ÷ diviso  ± più o meno  − meno  № numero
    """, space: "spazio", over: english)

  private static let portuguese = table(
    """
    @ arroba  . ponto  - hífen  _ sublinhado  , vírgula  : dois pontos  ; ponto e vírgula  / barra
    \\ barra invertida  + mais  * asterisco  # cardinal  & e  % por cento  = igual
    ! ponto de exclamação  ? ponto de interrogação  ( abre parênteses  ) fecha parênteses
    [ abre colchete  ] fecha colchete  { abre chave  } fecha chave  < menor que  > maior que
    $ dólar  € euro  £ libra  ' apóstrofo  ’ apóstrofo  ‘ aspas  " aspas  “ aspas  ” aspas
    « aspas  » aspas  ~ til  ^ circunflexo  | barra vertical  ` acento grave  – travessão
    — travessão  … reticências  § parágrafo  ° grau  × vezes  ÷ dividido por  ± mais ou menos
    − menos  № número
    """, space: "espaço", over: english)

  private static let dutch = table(
    """
    @ apenstaartje  . punt  - streepje  _ laag streepje  , komma  : dubbele punt  ; puntkomma
    / schuine streep  \\ omgekeerde schuine streep  + plus  * sterretje  # hekje  & en  % procent
    = is gelijk aan  ! uitroepteken  ? vraagteken  ( haakje openen  ) haakje sluiten
    [ vierkant haakje openen  ] vierkant haakje sluiten  { accolade openen  } accolade sluiten
    < kleiner dan  > groter dan  $ dollar  € euro  £ pond  ' apostrof  ’ apostrof
    ‘ aanhalingsteken  " aanhalingsteken  “ aanhalingsteken  ” aanhalingsteken  ~ tilde  ^ dakje
    | verticale streep  ` accent grave  – gedachtestreepje  — gedachtestreepje
    … beletselteken  § paragraaf  ° graad  × keer  ÷ gedeeld door  ± plus min  − min  № nummer
    """, space: "spatie", over: english)

  private static let polish = table(
    """
    @ małpa  . kropka  - myślnik  _ podkreślnik  , przecinek  : dwukropek  ; średnik  / ukośnik
    \\ ukośnik wsteczny  + plus  * gwiazdka  # kratka  & i  % procent  = równa się  ! wykrzyknik
    ? pytajnik  ( nawias otwierający  ) nawias zamykający  [ nawias kwadratowy otwierający
    ] nawias kwadratowy zamykający  { klamra otwierająca  } klamra zamykająca  < mniejsze niż
    > większe niż  $ dolar  € euro  £ funt  ' apostrof  ’ apostrof  ‘ cudzysłów  " cudzysłów
    “ cudzysłów  ” cudzysłów  „ cudzysłów  ~ tylda  ^ daszek  | kreska pionowa  ` grawis
    – pauza  — pauza  … wielokropek  § paragraf  ° stopień  × razy  ÷ podzielić przez
    ± plus minus  − minus  № numer
    """, space: "spacja", over: english)

  /// - Parameter entries: a sign, a blank, and its name; between two of them a line end or two blanks.
  /// - Parameter others: names that stand where it has none.
  private static func table(
    _ entries: String, space: String, over others: [Unicode.Scalar: String] = [:]
  ) -> [Unicode.Scalar: String] {
    var names = others
    names[" "] = space
    for line in entries.split(separator: "\n") {
      for entry in line.split(separator: "  ") {
        guard let sign = entry.unicodeScalars.first else { continue }
        names[sign] = String(entry.dropFirst(2))
      }
    }
    return names
  }
}
