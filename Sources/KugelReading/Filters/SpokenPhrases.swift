/// The few words that a filter says of its own, in the text's language.
package struct SpokenPhrases: Equatable, Sendable {
  package var code: String
  package var formula: String
  package var table: String
  package var columns: String
  package var moreRows: String
  package var link: String
  package var footnote: String
  package var done: String
  package var open: String

  /// - Parameter language: ISO 639-1, in any case, also with a region; English for all others.
  package static func of(_ language: String?) -> SpokenPhrases {
    let code = language?.lowercased().split { $0 == "-" || $0 == "_" }.first.map(String.init)
    return all[code ?? "en"] ?? english
  }

  private static let english = SpokenPhrases(
    code: "Code example", formula: "formula", table: "Table", columns: "columns",
    moreRows: "more rows", link: "link", footnote: "Footnote", done: "Done", open: "To do")

  private static let all: [String: SpokenPhrases] = [
    "en": english,
    "de": .init(
      code: "Codebeispiel", formula: "Formel", table: "Tabelle", columns: "Spalten",
      moreRows: "weitere Zeilen", link: "Link", footnote: "Fußnote", done: "Erledigt",
      open: "Offen"),
    "fr": .init(
      code: "Exemple de code", formula: "formule", table: "Tableau", columns: "colonnes",
      moreRows: "lignes de plus", link: "lien", footnote: "Note", done: "Fait", open: "À faire"),
    "es": .init(
      code: "Ejemplo de código", formula: "fórmula", table: "Tabla", columns: "columnas",
      moreRows: "filas más", link: "enlace", footnote: "Nota", done: "Hecho", open: "Pendiente"),
    "it": .init(
      code: "Esempio di codice", formula: "formula", table: "Tabella", columns: "colonne",
      moreRows: "altre righe", link: "link", footnote: "Nota", done: "Fatto", open: "Da fare"),
    "pt": .init(
      code: "Exemplo de código", formula: "fórmula", table: "Tabela", columns: "colunas",
      moreRows: "linhas a mais", link: "link", footnote: "Nota", done: "Feito", open: "Por fazer"),
    "nl": .init(
      code: "Codevoorbeeld", formula: "formule", table: "Tabel", columns: "kolommen",
      moreRows: "rijen meer", link: "link", footnote: "Voetnoot", done: "Gedaan", open: "Te doen"),
    "pl": .init(
      code: "Przykład kodu", formula: "wzór", table: "Tabela", columns: "kolumny",
      moreRows: "wierszy więcej", link: "link", footnote: "Przypis", done: "Zrobione",
      open: "Do zrobienia"),
  ]
}
