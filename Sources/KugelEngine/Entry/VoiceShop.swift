/// Where the voices of an engine are fetched from, and how they are kept.
package struct VoiceShop: Sendable {
  /// The public catalogue, with a slash at its end.
  package let base: String
  /// Path of the list below it.
  package let list: String
  /// - Throws: what is wrong with it: half a sentence.
  package let read: @Sendable (_ list: [UInt8]) throws(ShopError) -> [ShopVoice]
  /// Where fetched voices are put; nil where the user has no home.
  ///
  /// - Parameter variable: of the environment.
  package let folder: @Sendable (_ variable: (String) -> String?) -> String?
  /// Ends of the names of a voice's files, the one last without which there is no voice.
  package let ends: [String]
  /// What is wrong with the files of a voice in a folder; nil for nothing.
  package let flaw: @Sendable (_ folder: String, _ voice: String) -> String?
  /// What a voice's card says of its licence.
  package let licence: @Sendable (_ card: String) -> String?
  /// Voices are gone: what was kept of them elsewhere goes too.
  package var forget: @Sendable (_ variable: (String) -> String?) -> Void = { _ in }

  package init(
    base: String, list: String, ends: [String],
    read: @escaping @Sendable (_ list: [UInt8]) throws(ShopError) -> [ShopVoice],
    folder: @escaping @Sendable (_ variable: (String) -> String?) -> String?,
    flaw: @escaping @Sendable (_ folder: String, _ voice: String) -> String?,
    licence: @escaping @Sendable (_ card: String) -> String?
  ) {
    self.base = base
    self.list = list
    self.ends = ends
    self.read = read
    self.folder = folder
    self.flaw = flaw
    self.licence = licence
  }
}

/// A voice of a catalogue.
package struct ShopVoice: Equatable, Sendable {
  package struct File: Equatable, Sendable {
    /// Below the catalogue's base.
    package var path: String
    /// Where it is kept, the voice's name and one of `VoiceShop.ends`.
    package var name: String
    package var size: Int
    /// Hexadecimal, in lower case.
    package var md5: String
    package var isCard = false

    package init(path: String, name: String, size: Int, md5: String, isCard: Bool = false) {
      self.path = path
      self.name = name
      self.size = size
      self.md5 = md5
      self.isCard = isCard
    }
  }

  package var name: String
  /// Tags, the voice's own first.
  package var languages: [String]
  /// Quality, speakers, size: for people.
  package var remark: String
  package var files: [File]

  package init(name: String, languages: [String], remark: String, files: [File]) {
    self.name = name
    self.languages = languages
    self.remark = remark
    self.files = files
  }

  package var size: Int { files.reduce(0) { $0 + $1.size } }
}

package struct ShopError: Error, Equatable {
  package let cause: String

  package init(_ cause: String) { self.cause = cause }
}

/// What is to be done with the voices of an engine.
package enum VoiceErrand: Equatable, Sendable {
  case get([String])
  case available(language: String?, word: String?, asJSON: Bool)
  case remove([String])
  /// From files or folders of this machine.
  case add([String])
}
