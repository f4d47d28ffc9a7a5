/// The few words that a filter says of its own, in the text's language.
package struct SpokenPhrases: Equatable, Sendable {
  package var code: String
  package var formula: String
  package var table: String
  package var column: String
  package var columns: String
  /// Of two to four, where a language tells them apart.
  package var fewColumns: String?
  /// Of a table with one row too many.
  package var moreRow: String
  package var moreRows: String
  package var fewMoreRows: String?
  /// A cell with nothing in it.
  package var empty: String
  package var link: String
  package var footnote: String
  package var done: String
  package var open: String
  package var flag: String
  package var family: String

  /// - Parameter language: ISO 639-1, in any case, also with a region; English for all others.
  package static func of(_ language: String?) -> SpokenPhrases {
    let code = language?.lowercased().split { $0 == "-" || $0 == "_" }.first.map(String.init)
    return all[code ?? "en"] ?? english
  }

  /// "3 columns"
  func counted(columns count: Int) -> String {
    Self.counted(count, column, few: fewColumns, columns)
  }

  /// "3 more rows"
  func counted(moreRows count: Int) -> String {
    Self.counted(count, moreRow, few: fewMoreRows, moreRows)
  }

  private static func counted(
    _ count: Int, _ one: String, few: String?, _ many: String
  ) -> String {
    let isFew = (2...4).contains(count % 10) && !(12...14).contains(count % 100)
    return "\(count) \(count == 1 ? one : isFew ? few ?? many : many)"
  }

  private static let english = SpokenPhrases(
    code: "Code example", formula: "formula", table: "Table", column: "column", columns: "columns",
    moreRow: "more row", moreRows: "more rows", empty: "empty", link: "link", footnote: "Footnote",
    done: "Done", open: "To do", flag: "flag", family: "family")

  private static let all: [String: SpokenPhrases] = [
    "en": english,
    "de": .init(
      code: "Codebeispiel", formula: "Formel", table: "Tabelle", column: "Spalte",
      columns: "Spalten",
      moreRow: "weitere Zeile", moreRows: "weitere Zeilen", empty: "leer", link: "Link",
      footnote: "Fußnote", done: "Erledigt",
      open: "Offen", flag: "Flagge", family: "Familie"),
    "fr": .init(
      code: "Exemple de code", formula: "formule", table: "Tableau", column: "colonne",
      columns: "colonnes",
      moreRow: "ligne de plus", moreRows: "lignes de plus", empty: "vide", link: "lien",
      footnote: "Note", done: "Fait", open: "À faire", flag: "drapeau", family: "famille"),
    "es": .init(
      code: "Ejemplo de código", formula: "fórmula", table: "Tabla", column: "columna",
      columns: "columnas",
      moreRow: "fila más", moreRows: "filas más", empty: "vacío", link: "enlace", footnote: "Nota",
      done: "Hecho", open: "Pendiente", flag: "bandera", family: "familia"),
    "it": .init(
      code: "Esempio di codice", formula: "formula", table: "Tabella", column: "colonna",
      columns: "colonne",
      moreRow: "altra riga", moreRows: "altre righe", empty: "vuoto", link: "link",
      footnote: "Nota", done: "Fatto", open: "Da fare", flag: "bandiera", family: "famiglia"),
    "pt": .init(
      code: "Exemplo de código", formula: "fórmula", table: "Tabela", column: "coluna",
      columns: "colunas",
      moreRow: "linha a mais", moreRows: "linhas a mais", empty: "vazio", link: "link",
      footnote: "Nota", done: "Feito", open: "Por fazer", flag: "bandeira", family: "família"),
    "nl": .init(
      code: "Codevoorbeeld", formula: "formule", table: "Tabel", column: "kolom",
      columns: "kolommen",
      moreRow: "rij meer", moreRows: "rijen meer", empty: "leeg", link: "link",
      footnote: "Voetnoot", done: "Gedaan", open: "Te doen", flag: "vlag", family: "gezin"),
    "pl": .init(
      code: "Przykład kodu", formula: "wzór", table: "Tabela", column: "kolumna",
      columns: "kolumn", fewColumns: "kolumny",
      moreRow: "wiersz więcej", moreRows: "wierszy więcej", fewMoreRows: "wiersze więcej",
      empty: "puste", link: "link",
      footnote: "Przypis", done: "Zrobione",
      open: "Do zrobienia", flag: "flaga", family: "rodzina"),
  ]
}
